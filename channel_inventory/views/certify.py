"""The queue of texts worked one by one: the page, and what is decided on it. Each decision leads to the next text."""

from functools import cached_property
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from channel_inventory.actions.certify_new_buyer import NewBuyer, certify_new_buyer
from channel_inventory.actions.decide_text import (
    AliasElsewhere,
    TextDecided,
    certify_text,
    reopen_text,
    set_text_aside,
)
from channel_inventory.actions.lock_partners import PartnerBusy
from channel_inventory.certification.candidates import candidates_of
from channel_inventory.certification.new_buyers import proposed
from channel_inventory.certification.queue import Queue, queue_around
from channel_inventory.certification.shares import certified_shares
from channel_inventory.certification.work import behind, last_decided, left_after
from channel_inventory.choices import WAITING_TEXTS
from channel_inventory.forms.texts import CERTIFY, REASONS, REJECT, NewBuyerForm, TextForm
from channel_inventory.models import ReportedEndBuyer
from channel_inventory.views.certification import LIST, TEXT
from parties.errors import PartyRefusal
from ui.views import ConfirmPost, FormPage, PermittedView

KEYS = (
    (["1", "–", "5"], "it is this one"),
    (["Enter"], "it is the first one"),
    (["/"], "another party"),
    (["C"], "create the party"),
    (["R"], "not an end buyer"),
    (["S"], "later"),
    (["L"], "learn the text, or not"),
    (["U"], "undo the last decision"),
    (["J", "K"], "next, previous"),
)
TEMPLATE = "channel_inventory/text.html"
REFUSALS = (TextDecided, AliasElsewhere, PartnerBusy, PartyRefusal)


class OfText(PermittedView):
    def text(self) -> ReportedEndBuyer:
        """Read anew each time: a refusal tells that somebody else was faster."""
        found = ReportedEndBuyer.objects.select_related("partner", "party", "decided_by__user")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @cached_property
    def partner_id(self) -> int | None:
        """The queue may be that of one partner."""
        asked = self.request.GET.get("partner", "")
        return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None

    @property
    def kept(self) -> str:
        return f"?partner={self.partner_id}" if self.partner_id else ""

    def queue(self) -> Queue:
        today = self.tenant.today(self.now())
        return queue_around(
            self.kwargs["pk"], reporting_currency=self.tenant.currency, on=today, partner_id=self.partner_id
        )

    def next_url(self, queue: Queue) -> str:
        """On to the next one that waits, so that a queue is worked without going back to the list."""
        after = queue.following or queue.preceding
        return self.url(TEXT, after.pk) + self.kept if after else self.url(LIST)

    def work(self, *, form: Any = None, buyer_form: Any = None, click: Any = None) -> dict[str, Any]:
        text, queue = self.text(), self.queue()
        done = behind(text)
        is_open = text.state in WAITING_TEXTS
        may_undo = self.member.may("channel.certify")
        may_decide = is_open and may_undo
        is_unknown = form is not None and "other" in form.errors
        typed = form.data.get("other", "").replace("\0", "").strip() if is_unknown else ""
        today = self.tenant.today(self.now())
        candidates = candidates_of(text, on=today, typed=typed) if may_decide else []
        return {
            "text": text,
            "queue": queue,
            "shares": certified_shares(queue, self.partner_id),
            "behind": done,
            "left": left_after(queue, done),
            "candidates": candidates,
            "forecast": candidates[0].forecast if candidates else None,
            "typed": typed,
            "is_open": is_open,
            "may_decide": may_decide,
            "may_undo": may_undo,
            "may_create": may_decide and self.member.may("master.edit"),
            "last": last_decided(self.member),
            "form": form or TextForm(initial={"is_learnt": True}),
            "buyer_form": buyer_form or NewBuyerForm(initial=proposed(text)),
            "reasons": REASONS,
            "click": click or uuid4(),
            "buyer_click": uuid4(),
            "kept": self.kept,
            "page_keys": KEYS if may_decide else (),
        }


class TextDetail(OfText):
    permission = "channel.view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return render(request, TEMPLATE, self.work())


class Decide(OfText, FormPage):
    """Sent from the page of the text; what is refused comes back on it. Whoever asks for the address is led there."""

    permission = "channel.certify"
    template_name = TEMPLATE
    refusals = REFUSALS

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect(self.url(TEXT, self.text().pk) + self.kept)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.text()
        return super().post(request, **kwargs)


class CertifyText(Decide):
    form_class = TextForm

    def page_context(self, form: Any) -> dict[str, Any]:
        return self.work(form=form, click=self.new_click)

    def execute(self, form: Any) -> str:
        decision, target = form.cleaned_data["decision"], self.next_url(self.queue())
        pk, by, at = self.kwargs["pk"], self.member, self.now()
        if decision == CERTIFY:
            is_learnt = form.cleaned_data["is_learnt"]
            certify_text(text_id=pk, party_id=form.party_id(), is_learnt=is_learnt, by=by, at=at)
        else:
            set_text_aside(text_id=pk, is_rejected=decision == REJECT, by=by, at=at)
        return target


class CertifyNewBuyer(Decide):
    form_class = NewBuyerForm

    def required_right(self) -> str:
        """A new party is master data, too."""
        return "master.edit" if self.member.may("channel.certify") else "channel.certify"

    def page_context(self, form: Any) -> dict[str, Any]:
        return self.work(buyer_form=form, click=self.new_click)

    def execute(self, form: Any) -> str:
        target = self.next_url(self.queue())
        buyer = NewBuyer(**form.cleaned_data)
        certify_new_buyer(text_id=self.kwargs["pk"], buyer=buyer, by=self.member, at=self.now())
        return target


class ReopenText(OfText, ConfirmPost):
    permission = "channel.certify"
    submit_label = "Open it again"
    refusals = (PartnerBusy,)

    def get_heading(self) -> str:
        return f"Open “{self.text().name}” again"

    def get_question(self) -> str:
        return (
            "What the decision taught is forgotten. Its lines lose their end buyer, and what they claimed is taken "
            "back; what was credited becomes recoverable."
        )

    def get_cancel_url(self) -> str:
        return self.url(TEXT, self.kwargs["pk"]) + self.kept

    def execute(self, form: Any) -> str:
        reopen_text(text_id=self.kwargs["pk"], by=self.member, at=self.now())
        return self.get_cancel_url()
