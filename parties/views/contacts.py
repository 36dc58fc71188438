from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import Form
from django.shortcuts import get_object_or_404

from exchange.views.masters import MasterList
from parties.actions.remove_contact import remove_contact
from parties.actions.save_contact import save_contact
from parties.errors import PartyRefusal
from parties.filters import ContactFilter
from parties.forms import ContactForm
from parties.models import Contact, Party
from parties.tables import ContactTable
from ui.views import ConfirmPost, FormPage


class ContactList(MasterList):
    model = Contact
    heading = "People at parties"
    within = ("Parties", "parties:party_list")
    table_class = ContactTable
    file_kind = "contacts"
    filterset_class = ContactFilter
    empty_title = "Nobody yet"
    empty_text = "Add people on the page of their party."

    def get_queryset(self) -> QuerySet[Any]:
        return Contact.objects.select_related("party")


class ContactPage(FormPage):
    """A form about a person at the party in the address."""

    permission = "master.edit"
    form_class: ClassVar[type[Form]] = ContactForm
    refusals = (PartyRefusal,)
    asks_reason = True

    @cached_property
    def party(self) -> Party:
        return get_object_or_404(Party, pk=self.kwargs["party"])

    @cached_property
    def contact(self) -> Contact:
        return get_object_or_404(Contact, pk=self.kwargs["pk"], party_id=self.kwargs["party"])

    def get_cancel_url(self) -> str:
        return self.url("parties:party_detail", self.kwargs["party"])


class AddContact(ContactPage):
    def get_heading(self) -> str:
        return f"Somebody at {self.party.name}"

    def execute(self, form: Any) -> str:
        save_contact(party_id=self.party.pk, by=self.member, at=self.now(), **form.cleaned_data)
        return self.get_cancel_url()


class EditContact(ContactPage):
    def get_heading(self) -> str:
        return self.contact.name

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.contact, name) for name in ContactForm.base_fields}

    def get_history_url(self) -> str:
        return self.url("people:history", "contact", self.contact.pk)

    def execute(self, form: Any) -> str:
        contact, values = self.contact, form.cleaned_data
        save_contact(party_id=contact.party_id, contact_id=contact.pk, by=self.member, at=self.now(), **values)
        return self.get_cancel_url()


class RemoveContact(ContactPage, ConfirmPost):
    form_class = Form
    template_name = "ui/confirm.html"
    submit_label = "Remove"
    is_destructive = True

    def get_heading(self) -> str:
        return f"Remove {self.contact.name}"

    def get_question(self) -> str:
        return "The person is not shown any more; the party's history keeps what was known."

    def execute(self, form: Any) -> str:
        remove_contact(contact_id=self.contact.pk, by=self.member, at=self.now())
        return self.get_cancel_url()
