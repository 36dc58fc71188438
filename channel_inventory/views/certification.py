"""End buyers as partners report them: who they are is told by code, alias, name and address, or by a person."""

from functools import cached_property
from typing import Any

from django.db.models import Count, F, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404

from channel_inventory.actions.decide_text import (
    AliasElsewhere,
    TextDecided,
    certify_text,
    reopen_text,
    set_text_aside,
)
from channel_inventory.actions.lock_partners import PartnerBusy
from channel_inventory.choices import PosState, TextState
from channel_inventory.filters.texts import TextFilter
from channel_inventory.forms.texts import CERTIFY, REJECT, TextForm
from channel_inventory.models import PosLine, ReportedEndBuyer
from channel_inventory.tables.texts import TextTable, address_of
from parties.models import Party
from parties.suggestions import suggest_parties
from ui.views import ConfirmPost, FormPage, ListPage

LIST = "channel_inventory:text_list"


def sold_of(text: Any) -> QuerySet[Any, Any]:
    """Value of the current lines of one text, currency by currency."""
    lines = PosLine.objects.filter(reported_end_buyer=text, state=PosState.CURRENT).order_by()
    return lines.values("currency").annotate(value=Sum(F("quantity") * F("resale_price")))


def figures_of_text(text: Any) -> QuerySet[Any, Any]:
    """How many current lines name the text, and what they were resold for, as one JSON value."""
    lines = PosLine.objects.filter(reported_end_buyer=text, state=PosState.CURRENT).order_by()
    return lines.values("reported_end_buyer").annotate(
        figures=JSONObject(
            lines=Count("pk"),
            value=Sum(F("quantity") * F("resale_price")),
            currency=Min("currency"),
            currencies=Count("currency", distinct=True),
        )
    )


class TextList(ListPage):
    permission = "channel.view"
    model = ReportedEndBuyer
    heading = "Certification"
    table_class = TextTable
    filterset_class = TextFilter
    saved_views = (
        ("To certify", "state=open"),
        ("Put off", "state=later"),
        ("Certified", "state=certified"),
        ("Rejected", "state=rejected"),
        ("All", ""),
    )
    empty_title = "Nothing waits for certification"
    empty_text = "End buyers that neither code, alias nor name tell for certain come here with the next report."

    def get_queryset(self) -> QuerySet[ReportedEndBuyer]:
        return ReportedEndBuyer.objects.annotate(sold=Subquery(figures_of_text(OuterRef("pk")).values("figures")))


class OfText:
    kwargs: dict[str, Any]

    @cached_property
    def text(self) -> ReportedEndBuyer:
        return get_object_or_404(ReportedEndBuyer.objects.select_related("partner", "party"), pk=self.kwargs["pk"])


class CertifyText(OfText, FormPage):
    permission = "channel.certify"
    form_class = TextForm
    template_name = "channel_inventory/certify_text.html"
    submit_label = "Decide"
    refusals = (TextDecided, AliasElsewhere, PartnerBusy)

    def get_heading(self) -> str:
        return f"Who is “{self.text.name}”?"

    def get_cancel_url(self) -> str:
        return f"{self.url(LIST)}?state=open"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"candidates": self.candidates}

    @cached_property
    def candidates(self) -> list[tuple[str, str]]:
        found = suggest_parties({self.text.pk: self.text.normalised_name})[self.text.pk]
        parties = Party.objects.in_bulk([each.party_id for each in found])
        return [
            (str(each.party_id), f"{party.name} ({party.code}), {party.country}: {each.score:.0%} alike")
            for each in found
            if (party := parties.get(each.party_id))
        ]

    def get_context(self, form: Any) -> dict[str, Any]:
        return {
            "text": self.text,
            "address": address_of(self.text),
            "sold": list(sold_of(self.text)),
            "is_open": self.text.state in (TextState.OPEN, TextState.LATER),
        }

    def execute(self, form: Any) -> str:
        decision = form.cleaned_data["decision"]
        if decision == CERTIFY:
            certify_text(text_id=self.text.pk, party_id=form.party_id(), by=self.member, at=self.now())
        else:
            set_text_aside(text_id=self.text.pk, is_rejected=decision == REJECT, by=self.member, at=self.now())
        return self.next_url()

    def next_url(self) -> str:
        """On to the next one that waits, so that a queue is worked without going back to the list."""
        waiting = ReportedEndBuyer.objects.filter(state=TextState.OPEN).exclude(pk=self.text.pk).order_by("pk")
        after = waiting.filter(pk__gt=self.text.pk).first() or waiting.first()
        return self.url("channel_inventory:certify_text", after.pk) if after else self.url(LIST)


class ReopenText(OfText, ConfirmPost):
    permission = "channel.certify"
    submit_label = "Open it again"
    refusals = (PartnerBusy,)

    def get_heading(self) -> str:
        return f"Open “{self.text.name}” again"

    def get_question(self) -> str:
        return (
            "What the decision taught is forgotten. Its lines lose their end buyer, and what they claimed is taken "
            "back; what was credited becomes recoverable."
        )

    def get_cancel_url(self) -> str:
        return self.url("channel_inventory:certify_text", self.text.pk)

    def execute(self, form: Any) -> str:
        reopen_text(text_id=self.text.pk, by=self.member, at=self.now())
        return self.get_cancel_url()
