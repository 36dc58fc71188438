from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from people.outside import parties
from tenancy.choices import Role
from tenancy.models import User


class StandingForm(forms.Form):
    """Role, party and cost right of a member; `cleaned_data["party_id"]` is the party's id."""

    layout: tuple[tuple[str, tuple[str, ...]], ...] = (("What they may do", ("role", "party", "sees_cost")),)

    role = forms.ChoiceField(choices=Role.choices)
    party = forms.CharField(
        required=False,
        max_length=40,
        label="Party code",
        help_text="For dock and partner: whose rows they see. Others belong to none.",
    )
    sees_cost = forms.BooleanField(
        required=False, label="Sees costs and agreed prices", help_text="Never for dock and partner."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        code = cleaned.get("party", "").strip()
        cleaned["party_id"] = parties().find(code) if code else None
        if code and cleaned["party_id"] is None:
            self.add_error("party", f"There is no active party with the code “{code}”.")
        return cleaned


class InviteForm(StandingForm):
    layout = (("Who", ("email",)), *StandingForm.layout)

    email = forms.EmailField(label="E-mail", max_length=254)


class JoinForm(forms.Form):
    """Name and password of somebody new."""

    name = forms.CharField(max_length=120, label="Your name", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=4096,
        help_text="At least 12 characters.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="The same password again",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", "The two passwords are not the same.")
        if password:
            self._check_strength(password, cleaned.get("name", ""))
        return cleaned

    def _check_strength(self, password: str, name: str) -> None:
        try:
            validate_password(password, User(email=self.email, name=name))
        except forms.ValidationError as error:
            self.add_error("password", error)


class PreferencesForm(forms.Form):
    name = forms.CharField(max_length=120, label="Your name")
    theme = forms.ChoiceField(choices=[("light", "Light"), ("dark", "Dark")], label="Display")
    single_key_shortcuts = forms.BooleanField(
        required=False,
        label="Single-key shortcuts",
        help_text="Off when a key pressed by accident, or by speech input, must not do anything.",
    )
