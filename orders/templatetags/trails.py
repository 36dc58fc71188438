"""Trails of a line as HTML. A page of forty lines shows eighty of them, folded: written here, not in a template."""

from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from orders.views.detail.trails import Step, Trail
from ui.icons import icon

register = template.Library()


@register.simple_tag
def trail(found: Trail, icon_name: str) -> SafeString:
    """A chip with the winner that opens what was looked at, and why it won or lost."""
    tone = f" is-{escape(found.tone)}" if found.tone else ""
    steps = "".join(step(each) for each in found.steps)
    nothing = f'<li class="unread">{icon("minus")}<span>No rule was looked at.</span></li>'
    html = (
        f'<details class="why"><summary class="chip why{tone}">{icon(icon_name)}<span>{escape(found.label)}</span>'
        f'</summary> <div class="reasons"><b>{escape(found.heading)}</b> {facts(found)}'
        f'<ol class="trail">{steps or nothing}</ol></div></details>'
    )
    return mark_safe(html)  # noqa: S308  every part of it is escaped


def facts(found: Trail) -> str:
    rows = "".join(f"<div><dt>{escape(label)}</dt> <dd>{escape(value)}</dd></div> " for label, value in found.facts)
    return f'<dl class="facts">{rows}</dl>' if rows else ""


def step(each: Step) -> str:
    css, name = ("is-hit", "check") if each.applies else ("unread", "minus")
    price = f' <span class="num">{escape(each.price)}</span>' if each.price else ""
    conditions = ", ".join(condition(one) for one in each.conditions)
    looked = f'<span class="sub d-block">{conditions}</span>' if conditions else ""
    return (
        f'<li class="{css}">{icon(name)}<span><b>{escape(each.title)}</b>{price}<br>{escape(each.why)}{looked}'
        "</span></li> "
    )


def condition(one: dict[str, Any]) -> str:
    css, name = ("good", "check") if one["ok"] else ("bad", "x-mark")
    here = "" if one["ok"] else f" (here: {escape(one['actual'] or 'not known')})"
    return f'<span class="{css}">{icon(name)}{escape(one["field"])} {escape(one["wanted"])}</span>{here}'
