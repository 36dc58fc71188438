"""Draws the plain controls of forms without templates: a select of Django's takes a template for each option.

What comes out is what Django's templates write, letter by letter. Any other widget goes their way.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

WIDGETS = "django/forms/widgets/"
OPTION = f"{WIDGETS}select_option.html"
INPUTS = ("text", "number", "email", "url", "password", "hidden", "date", "datetime", "time", "checkbox")


class HouseRenderer(DjangoTemplates):
    """`settings.FORM_RENDERER`."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        draw = DRAWN.get(template_name)
        if draw is None or not is_plain(context["widget"]):
            return mark_safe(super().render(template_name, context, request))  # noqa: S308  Django's own
        return mark_safe(draw(context["widget"]))  # noqa: S308  each piece is escaped


def is_plain(widget: Mapping[str, Any]) -> bool:
    """Its options are Django's own and have texts for labels: of anything else its template knows more."""
    options = (option for _, group, _ in widget.get("optgroups", ()) for option in group)
    return all(option["template_name"] == OPTION and isinstance(option["label"], str) for option in options)


def attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {conditional_escape(name)}" if value is True else f' {conditional_escape(name)}="{as_text(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def as_text(value: Any) -> str:
    return conditional_escape(value if isinstance(value, SafeString) else str(value))


def draw_input(widget: Mapping[str, Any]) -> str:
    value = widget["value"]
    given = "" if value is None else f' value="{as_text(value)}"'
    kind, name = conditional_escape(widget["type"]), conditional_escape(widget["name"])
    return f'<input type="{kind}" name="{name}"{given}{attributes(widget["attrs"])}>'


def draw_select(widget: Mapping[str, Any]) -> str:
    drawn = [f'<select name="{conditional_escape(widget["name"])}"{attributes(widget["attrs"])}>']
    for heading, group, _ in widget["optgroups"]:
        options = [f"\n  {draw_option(option)}" for option in group]
        if heading:
            options = [f'\n  <optgroup label="{conditional_escape(heading)}">', *options, "\n  </optgroup>"]
        drawn += options
    return "".join([*drawn, "\n</select>"])


def draw_option(option: Mapping[str, Any]) -> str:
    value, label = as_text(option["value"]), conditional_escape(option["label"])
    return f'<option value="{value}"{attributes(option["attrs"])}>{label}</option>'


DRAWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    f"{WIDGETS}select.html": draw_select,
    **{f"{WIDGETS}{name}.html": draw_input for name in INPUTS},
}
