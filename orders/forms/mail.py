"""To whom a paper of an order goes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from orders.actions.mail_paper import MOST_AT_ONCE, Recipient
from orders.forms.verbs import Layout
from parties.models import Contact

LONGEST = 254


class AddressesField(forms.CharField):
    """Addresses with commas, semicolons or blanks between. Cleans to a list."""

    def clean(self, value: Any) -> list[str]:
        found = str(super().clean(value)).replace(",", " ").replace(";", " ").split()
        for each in found:
            self.check(each)
        return found

    def check(self, address: str) -> None:
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValidationError(f"“{address}” is no e-mail address.", code="invalid") from error
        if len(address) > LONGEST:
            raise ValidationError(f"An address has at most {LONGEST} characters.", code="invalid")


class MailForm(forms.Form):
    """Contacts are those of the parties that the paper is for."""

    layout: Layout = (("To", ("contacts", "addresses", "is_copied")), ("Mail", ("message",)))

    contacts = forms.MultipleChoiceField(label="Contacts", required=False, widget=forms.CheckboxSelectMultiple)
    addresses = AddressesField(
        label="Other addresses", required=False, max_length=2_000, help_text="Commas between several."
    )
    is_copied = forms.BooleanField(label="A copy to me", required=False)
    message = forms.CharField(
        label="Message",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands above our own words. Answers come to you.",
    )

    def __init__(self, *args: Any, contacts: Iterable[Contact], own_address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in contacts}
        self.own_address = own_address
        if self.known:
            self.fields["contacts"].choices = [(key, spelled(each)) for key, each in self.known.items()]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["contacts"]
            self.fields["addresses"].help_text = "No contact with an address is known. Commas between several."

    def recipients(self) -> list[Recipient]:
        """Of a valid form."""
        chosen = [self.known[key] for key in self.cleaned_data.get("contacts", ())]
        typed = list(self.cleaned_data["addresses"])
        if self.cleaned_data["is_copied"]:
            typed.append(self.own_address)
        return [*(Recipient(each.email, each.name) for each in chosen), *map(Recipient, typed)]

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.recipients():
            self.add_error("addresses", "Choose a contact, or write an address.")
        if not self.errors and len(self.recipients()) > MOST_AT_ONCE:
            self.add_error("addresses", f"At most {MOST_AT_ONCE} addresses at once.")
        return self.cleaned_data


def spelled(contact: Contact) -> str:
    about = f" ({contact.purpose})" if contact.purpose else ""
    return f"{contact.name}{about}, {contact.email}"
