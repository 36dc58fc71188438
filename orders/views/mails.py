"""Papers of orders by e-mail: to whom, again, and the log of all."""

from abc import abstractmethod
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from jobs.mailing import NothingToSend
from orders.actions.context import Occasion
from orders.actions.mail_paper import Paper, mail_paper
from orders.actions.send_paper import send_paper_again
from orders.filters.mails import MailFilter
from orders.forms.mail import MailForm
from orders.models import Acknowledgement, Invoice, PaperMail
from orders.tables.mails import MailTable
from orders.views.verbs.base import OrderVerb
from parties.models import Contact
from ui.views import ConfirmPost, ListPage

SEND = "documents.send"
ORDER_WORDS = ("order", "purchas", "buy", "acknowledg")
MONEY_WORDS = ("invoice", "account", "pay", "bill", "financ")


class MailPaper(OrderVerb):
    """Contacts of the parties that the paper is for, those whose purpose says so ticked already."""

    permission = SEND
    form_class = MailForm
    submit_label = "Send"
    words: Sequence[str] = ()

    @abstractmethod
    def paper(self) -> Paper:
        """What is sent."""

    @abstractmethod
    def title(self) -> str:
        """What it is called."""

    def party_ids(self) -> list[int]:
        return [self.order.sell_to_id, self.order.bill_to_id]

    @cached_property
    def contacts(self) -> list[Contact]:
        found = Contact.objects.filter(party_id__in=self.party_ids()).exclude(email="")
        return list(found.order_by("name", "pk"))

    def get_heading(self) -> str:
        return f"Send {self.title()} by e-mail"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"contacts": self.contacts, "own_address": self.member.user.email}

    def get_initial(self) -> dict[str, Any]:
        meant = [each for each in self.contacts if any(word in each.purpose.lower() for word in self.words)]
        if not meant and len(self.contacts) == 1:
            meant = self.contacts
        return {"contacts": [str(each.pk) for each in meant]}

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        mail_paper(paper=self.paper(), to=self.form.recipients(), message=typed["message"], occasion=occasion)

    def get_success_message(self) -> str:
        return f"{self.title().capitalize()} is on its way."


class MailAcknowledgement(MailPaper):
    words = ORDER_WORDS

    @cached_property
    def acknowledgement(self) -> Acknowledgement:
        rows = Acknowledgement.objects.filter(order=self.order).defer("content")
        return get_object_or_404(rows, revision=self.kwargs["revision"])

    def paper(self) -> Acknowledgement:
        return self.acknowledgement

    def title(self) -> str:
        return f"acknowledgement {self.acknowledgement.revision}"

    def party_ids(self) -> list[int]:
        return [self.acknowledgement.sell_to_id]

    def get_context(self, form: Any) -> dict[str, Any]:
        return {**super().get_context(form), "warning": self.warning()}

    def warning(self) -> str:
        made = self.acknowledgement
        if Acknowledgement.objects.filter(order=self.order, revision__gt=made.revision).exists():
            return "There is a newer revision."
        if made.order_version != self.order.version:
            return "The order was changed since this revision was made. Acknowledge it again to send it as it is now."
        return ""


class MailInvoice(MailPaper):
    words = MONEY_WORDS

    @cached_property
    def invoice(self) -> Invoice:
        return get_object_or_404(Invoice.objects.filter(order=self.order).defer("frozen"), pk=self.kwargs["invoice"])

    def paper(self) -> Invoice:
        return self.invoice

    def title(self) -> str:
        return f"{self.invoice.get_kind_display().lower()} {self.invoice.number}"

    def party_ids(self) -> list[int]:
        return [self.invoice.bill_to_id, self.invoice.sell_to_id]

    def get_success_message(self) -> str:
        return f"{self.invoice.number} is on its way."


class MailAgain(ConfirmPost):
    """Try a mail anew that did not go out, or of which nobody knows."""

    permission = SEND
    heading = "Send the mail again"
    submit_label = "Send again"
    success_message = "The mail is on its way."
    refusals = (NothingToSend,)

    @cached_property
    def mail(self) -> PaperMail:
        found = PaperMail.objects.select_related("acknowledgement", "invoice", "order")
        return get_object_or_404(found.defer("acknowledgement__content", "invoice__frozen"), pk=self.kwargs["pk"])

    def get_question(self) -> str:
        return (
            f"Send {self.mail} once more, for order {self.mail.order.number}? "
            "If the first one did go out after all, they get it twice."
        )

    def get_cancel_url(self) -> str:
        return self.url("orders:order_detail", self.mail.order_id)

    def execute(self, form: Any) -> str:
        send_paper_again(mail_id=self.mail.pk, at=self.now())
        return self.get_cancel_url()


class MailList(ListPage):
    """The log: every paper that was mailed, by whom, to whom, and whether it went out."""

    permission = "orders.view"
    model = PaperMail
    heading = "Documents sent"
    table_class = MailTable
    filterset_class = MailFilter
    empty_title = "No document has been sent yet"
    empty_text = "“E-mail…” beside a document of an order sends it; what was sent is listed here."
    saved_views = (("All", ""), ("Not sent", "state=trouble"))

    def get_queryset(self) -> QuerySet[Any]:
        found = PaperMail.objects.select_related(
            "order__sell_to", "acknowledgement", "invoice", "job", "asked_by__user"
        )
        return found.defer("acknowledgement__content", "invoice__frozen")
