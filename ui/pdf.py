"""PDF from a template of `templates/documents/`.

The context is a frozen dataclass, complete before rendering starts: a template never queries, and never reads the
clock, so the same context gives the same bytes.
"""

from importlib import import_module
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static

SHEET, SCREEN, ICON = "documents/print.css", "documents/screen.css", "img/mark.svg"


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The template's HTML as PDF. Only our own static files may be referred to; anything else raises."""
    html = render_to_string(template, context)
    # late, and by name: only a worker that draws pays for the engine and needs its libraries
    engine = import_module("ui.pdf_engine")
    return engine.write(html, SHEET)


def render_page(template: str, context: dict[str, Any]) -> str:
    """The same document as a page of the browser, to look at before it is printed."""
    return render_to_string(template, {**context, "sheets": [static(SHEET), static(SCREEN)], "icon": static(ICON)})
