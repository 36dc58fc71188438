from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.forms.widgets import Widget
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ui.addresses import address_of
from ui.cells import escaped
from ui.charts.scale import Unit
from ui.figures import EMPTY, figure_or_dash
from ui.icons import icon as draw_icon

register = template.Library()

NOTE_ICONS = {
    "good": "check-circle",
    "warn": "exclamation-triangle",
    "bad": "exclamation-circle",
    "info": "information-circle",
}
MESSAGE_TONES = {"success": "good", "warning": "warn", "error": "bad", "info": "info", "debug": "info"}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    return draw_icon(name, css)


@register.filter
def note_icon(tone: str) -> str:
    return NOTE_ICONS.get(tone, "information-circle")


@register.filter
def message_tone(level_tag: str) -> str:
    return MESSAGE_TONES.get(level_tag, "info")


@register.simple_tag(takes_context=True)
def tenant_url(context: template.Context, url_name: str, *args: Any) -> str:
    """Address of a page of the tenant the request is in: `{% tenant_url 'orders:order_detail' order.pk %}`."""
    return address_of(url_name, context["request"].tenant.slug, *args)


@register.simple_tag(takes_context=True)
def may(context: template.Context, right: str) -> bool:
    member = context["request"].member
    return member is not None and member.may(right)


@register.filter
def fig(value: Decimal | int | None, places: int | None = None) -> str:
    """A figure with thousands, a true minus, and an en dash where there is none."""
    return figure_or_dash(value, places)


@register.filter
def nonzero(value: Decimal | int) -> Decimal | int | None:
    """Nothing for zero: a printed table is read faster with dashes."""
    return value or None


@register.simple_tag
def cell(shown: Any) -> SafeString:
    """A figure with its rows: `shown` has value, places, href and tone. A component for each would be too slow."""
    text = figure_or_dash(shown.value, shown.places)
    tone = f" {shown.tone}" if shown.tone else ""
    if shown.href and shown.value is not None:
        return format_html('<a class="fig{}" href="{}">{}</a>', tone, shown.href, text)
    return format_html('<span class="{}">{}</span>', shown.tone, text) if shown.tone else mark_safe(text)  # noqa: S308  digits


@register.simple_tag
def pick_list(picks: Any) -> SafeString:
    """Columns to choose from, in order; a list has dozens of them."""
    up, down = draw_icon("chevron-up"), draw_icon("chevron-down")
    rows = []
    for pick in picks:
        label, checked = escaped(pick.label), " checked" if pick.is_shown else ""
        rows.append(
            f'<li><label><input type="checkbox" name="cols" value="{escaped(pick.key)}"{checked}>{label}</label>'
            f'<button type="button" class="btn btn-flat" data-move="-1" aria-label="{label} earlier">{up}</button>'
            f'<button type="button" class="btn btn-flat" data-move="1" aria-label="{label} later">{down}</button></li>'
        )
    return mark_safe("".join(rows))  # noqa: S308  escaped above


@register.filter
def scaled(value: Decimal | None, unit: Unit) -> str:
    """A figure in a chart's unit, two places of it."""
    return EMPTY if value is None else unit.shown(value)


@register.filter
def is_check(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.simple_tag
def control(field: BoundField, **attrs: Any) -> SafeString:
    """The field's widget in the house's dress. Django itself names hint and error in `aria-describedby`."""
    given = {name.replace("_", "-"): value for name, value in attrs.items()}
    classes = [control_class(field.field.widget), field.field.widget.attrs.get("class", ""), given.pop("class", "")]
    if field.errors:
        classes.append("is-invalid")
    return field.as_widget(attrs={**given, "class": " ".join(filter(None, classes))})


@register.simple_tag
def field_box(field: BoundField, span: str = "") -> SafeString:
    """A field with its label, hint and error: what the component `c-field` draws. Lists have many of them."""
    if field.is_hidden:
        return field.as_widget()
    check = is_check(field)
    css = f"field{' span' if span else ''}{' check' if check else ''}"
    label = escaped(field.label)
    if check:
        shown = f'<label for="{escaped(field.id_for_label)}">{control(field)}{label}</label>'
    else:
        must = '<span class="must" aria-hidden="true"> *</span>' if field.field.required else ""
        shown = f'<label class="form-label" for="{escaped(field.id_for_label)}">{label}{must}</label>{control(field)}'
    if field.errors:
        errors = " ".join(escaped(each) for each in field.errors)
        shown += f'<span class="field-error" id="{escaped(field.auto_id)}_error">{errors}</span>'
    if field.help_text:
        # a form's own words, which may hold markup
        shown += f'<span class="hint" id="{escaped(field.auto_id)}_helptext">{field.help_text}</span>'
    return mark_safe(f'<div class="{css}">{shown}</div>')  # noqa: S308  escaped above


def control_class(widget: Widget) -> str:
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        return ""
    return "form-select" if isinstance(widget, Select) else "form-control"


@register.simple_tag
def fieldsets(form: Any) -> list[tuple[str, list[BoundField]]]:
    """Visible fields under the headings of the form's `layout`; what it leaves out comes last, without one.

    `layout` is a tuple of (heading, field names).
    """
    layout = getattr(form, "layout", ())
    placed = {name for _, names in layout for name in names}
    groups = [(heading, [form[name] for name in names if name in form.fields]) for heading, names in layout]
    rest = [field for field in form.visible_fields() if field.name not in placed]
    return [group for group in [*groups, ("", rest)] if group[1]]


@register.filter
def error_fields(form: Any) -> list[BoundField]:
    return [form[name] for name in form.errors if name in form.fields]
