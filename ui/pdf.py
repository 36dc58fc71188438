"""PDF from a template of `templates/documents/`.

The context is a frozen dataclass, complete before rendering starts: a template never queries, and never reads the
clock, so the same context gives the same bytes.
"""

from importlib import import_module
from typing import Any

from django.template.loader import render_to_string


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The template's HTML as PDF. Only our own static files may be referred to; anything else raises."""
    html = render_to_string(template, context)
    # late, and by name: only a worker that draws pays for the engine and needs its libraries
    engine = import_module("ui.pdf_engine")
    return engine.write(html)
