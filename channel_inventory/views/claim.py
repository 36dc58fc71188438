"""One claim: its lines as a list that is worked by keyboard, and the receipt of the line at hand."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from channel_inventory.actions.issue_credit import NothingToCredit, TotalChanged, issue_credit, to_credit
from channel_inventory.actions.lock_partners import PartnerBusy
from channel_inventory.actions.request_credit_document import request_credit_document
from channel_inventory.actions.revalue_claim import revalue_claim
from channel_inventory.claiming.history import history_of
from channel_inventory.claiming.receipts import Receipt, receipt_of
from channel_inventory.claiming.sums import figures_of_claim
from channel_inventory.filters.claims import ClaimLineFilter
from channel_inventory.models import Claim, ClaimCredit, ClaimLine
from channel_inventory.tables.claims import ClaimLineTable
from channel_inventory.views.claims import ClaimsView
from tenancy.rights import SEE_COST
from ui.bulk import BulkAction
from ui.views import EXPORT_SELECTED, ConfirmPost, ListPage
from values.money import format_money

DECIDE = "claims.decide"
MOST_DIGITS = 18


class ClaimPage(ClaimsView, ListPage):
    permission = "channel.view"
    model = ClaimLine
    template_name = "channel_inventory/claim.html"
    table_class = ClaimLineTable
    filterset_class = ClaimLineFilter
    orderings = {"line": ("pk",)}
    default_ordering = "line"
    saved_views = (
        ("All", ""),
        ("To decide", "state=pending"),
        ("Nothing against it", "state=pending&denial=no"),
        ("Denied", "state=denied"),
    )
    empty_title = "No lines"
    empty_text = "Nothing of this claim matches."
    bulk_actions = (
        BulkAction("Approve", "channel_inventory:claim_approve", right=DECIDE, icon="check", key="A"),
        BulkAction("Deny…", "channel_inventory:claim_deny", right=DECIDE, icon="x-mark", key="D"),
        BulkAction("Pend…", "channel_inventory:claim_pend", right=DECIDE, icon="clock", key="P"),
        EXPORT_SELECTED,
    )

    @cached_property
    def claim(self) -> Claim:
        return get_object_or_404(Claim.objects.select_related("partner"), pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return self.claim.number

    def get_queryset(self) -> QuerySet[ClaimLine]:
        return ClaimLine.objects.filter(claim=self.claim)

    def get_context(self) -> dict[str, Any]:
        found = next(iter(figures_of_claim(self.claim.pk).values_list("figures", flat=True)), None)
        receipt = self.receipt()
        return {
            "claim": self.claim,
            "figures": found or {},
            "credits": ClaimCredit.objects.filter(lines__claim=self.claim).order_by("pk").distinct(),
            "receipt": receipt,
            "history": [] if self.member.is_outsider else history_of(self.claim),
            "agreement_url": self.agreement_url(receipt),
            "sale_url": self.sale_url(receipt),
            "layers_url": self.layers_url(receipt),
            "sees_cost": self.member.is_outsider or self.member.may(SEE_COST),
            "sees_layers": not self.member.is_outsider,
        }

    def agreement_url(self, receipt: Receipt | None) -> str:
        if receipt is None or not receipt.agreement or not self.member.may("master.view"):
            return ""
        return self.url("pricing:agreement_detail", receipt.agreement["agreement_id"])

    def sale_url(self, receipt: Receipt | None) -> str:
        if receipt is None or self.member.is_outsider:
            return ""
        return self.url("channel_inventory:pos_detail", receipt.sale["pos_line"])

    def layers_url(self, receipt: Receipt | None) -> str:
        """The partner's layers of the part."""
        if receipt is None:
            return ""
        asked = urlencode({"partner": self.claim.partner.code, "part": receipt.sale["sku"]})
        return f"{self.url('channel_inventory:layer_list')}?{asked}"

    def receipt(self) -> Receipt | None:
        """Of the line that the address names, else of the first."""
        wanted = self.request.GET.get("line", "")
        lines = self.get_queryset().select_related("credit", "decided_by__user").order_by("pk")
        if wanted.isdecimal() and len(wanted) <= MOST_DIGITS:
            lines = lines.filter(pk=int(wanted))
        line = lines.first()
        return receipt_of(line) if line else None


class OfClaim(ConfirmPost):
    """A verb on a whole claim."""

    @cached_property
    def claim(self) -> Claim:
        return get_object_or_404(Claim.objects.select_related("partner"), pk=self.kwargs["pk"])

    def get_cancel_url(self) -> str:
        return self.url("channel_inventory:claim_detail", self.claim.pk)


class IssueCredit(OfClaim):
    permission = "claims.settle"
    submit_label = "Issue the credit memo"
    refusals = (NothingToCredit, TotalChanged, PartnerBusy)
    template_name = "channel_inventory/issue_credit.html"

    def get_heading(self) -> str:
        return f"Credit memo for {self.claim.number}"

    @cached_property
    def total(self) -> int:
        claim = self.claim
        return to_credit(partner_id=claim.partner_id, currency=claim.currency, claim_id=claim.pk)

    def get_question(self) -> str:
        amount = format_money(self.total, self.claim.currency)
        return (
            f"{self.claim.partner.name} is credited {amount}: all approved lines of this claim that no memo has "
            "settled yet, less what is recoverable from the partner. The memo gets the next number and cannot be "
            "taken back."
        )

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"seen_total": self.total}

    def execute(self, form: Any) -> str:
        credit = issue_credit(
            partner_id=self.claim.partner_id,
            currency=self.claim.currency,
            claim_id=self.claim.pk,
            by=self.member,
            at=self.now(),
            expected=minor_units(self.request.POST.get("seen_total", "")),
        )
        request_credit_document(credit=credit, by=self.member, at=self.now())
        return self.url("channel_inventory:credit_detail", credit.pk)


def minor_units(text: str) -> int | None:
    """The amount that the page carried; None for a form that carries none."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS else None


class RevalueClaim(OfClaim):
    permission = DECIDE
    submit_label = "Value again"
    refusals = (PartnerBusy,)
    question = (
        "Lines that wait are valued by the agreements, layers and caps as they are now. One that comes out otherwise "
        "is reversed and claimed anew; what is decided stands."
    )

    def get_heading(self) -> str:
        return f"Value {self.claim.number} again"

    def execute(self, form: Any) -> str:
        revalue_claim(claim_id=self.claim.pk, by=self.member, at=self.now())
        return self.get_cancel_url()
