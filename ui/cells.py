"""Small pieces of markup for table cells, where a component per cell would be too slow."""

from html import escape as escape_text
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from ui.icons import icon


def escaped(text: Any) -> str:
    """`conditional_escape` without its look for promises, which a plain text cannot be."""
    return escape_text(text) if type(text) is str else conditional_escape(text)


def chip(text: Any, tone: str = "", icon_name: str = "") -> SafeString:
    """A word of state; `tone` is good, warn, bad, info or nothing."""
    css = f"chip is-{tone}" if tone else "chip"
    drawn = icon(icon_name) if icon_name else ""
    return mark_safe(f'<span class="{css}">{drawn}{escaped(text)}</span>')  # noqa: S308  escaped here


def link(href: str, text: Any, css: str = "", key: str = "") -> SafeString:
    """`key` presses it in the row at hand."""
    dressed = f' class="{css}"' if css else ""
    dressed += f' data-key="{escaped(key)}"' if key else ""
    return mark_safe(f'<a href="{escaped(href)}"{dressed}>{escaped(text)}</a>')  # noqa: S308  escaped here


def select_box(pk: int, name: str) -> SafeString:
    """The box that picks a row for the form of bulk actions."""
    label = escaped(f"Select {name}")
    box = f'<input type="checkbox" name="row" value="{pk}" form="bulk" aria-label="{label}">'
    return mark_safe(box)  # noqa: S308  escaped here
