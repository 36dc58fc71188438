"""The house's drawing of plain controls, held against Django's templates."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from ui.renderer import DRAWN, HouseRenderer

NASTY = "\"><script>&'"
CHOICES = [("", "Any"), (NASTY, NASTY), (3, gettext_lazy("Three")), ("Group <b>", [("a", "A & b"), ("c", "C")])]
WIDGETS = [
    (forms.TextInput(attrs={"class": "wide", "maxlength": 9, "data-x": NASTY, "off": False}), NASTY),
    (forms.TextInput(attrs={"data-ready": mark_safe("a&amp;b")}), None),
    (forms.NumberInput(), 1234567),
    (forms.DateInput(format="%Y-%m-%d"), "2026-11-23"),
    (forms.HiddenInput(), 0),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), False),
    (forms.EmailInput(attrs={"autofocus": True}), "a@b.example"),
    (forms.PasswordInput(), "secret"),
    (forms.Select(choices=CHOICES), "3"),
    (forms.Select(choices=CHOICES, attrs={"required": True}), NASTY),
    (forms.Select(), None),
    (forms.SelectMultiple(choices=CHOICES), ["a", "c"]),
    (forms.NullBooleanSelect(), True),
    (forms.Select(choices=[(1, 1000), (2, None)]), 1),
    (forms.Textarea(), NASTY),
    (forms.RadioSelect(choices=CHOICES), "a"),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_a_control_is_drawn_as_by_djangos_templates(widget, value):
    attrs = {"id": "id_x", "aria-describedby": "x y"}
    drawn = widget.render("x", value, attrs, renderer=HouseRenderer())
    assert drawn == widget.render("x", value, attrs, renderer=DjangoTemplates())


def test_forms_are_drawn_by_the_house_renderer():
    class Form(forms.Form):
        name = forms.CharField()

    assert isinstance(Form().renderer, HouseRenderer)
    assert "django/forms/widgets/select.html" in DRAWN
