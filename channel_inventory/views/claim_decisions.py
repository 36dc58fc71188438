"""Approve, deny or pend the lines that were picked: shown first, then decided, with a result for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.actions.lock_partners import PartnerBusy
from channel_inventory.choices import Verdict
from channel_inventory.forms.claims import ApproveForm, DenyForm, PendForm
from channel_inventory.models import ClaimLine
from channel_inventory.views.claim import ClaimPage
from tenancy.clicks import click_of, once
from tenancy.rights import SEE_COST
from ui.bulk import TooMany, chosen, versions_seen
from ui.figures import EMPTY
from ui.views import PermittedView
from ui.views.form import UNPROCESSABLE
from ui.views.selection import list_behind
from values.money import format_price

MOST_SEEN = 1_000


@dataclass(frozen=True)
class Row:
    line: ClaimLine
    refusal: str = ""

    @property
    def key(self) -> str:
        """The line and the version that was seen."""
        return f"{self.line.pk}:{self.line.version}"

    @property
    def agreed(self) -> str:
        cost = self.line.agreed_cost
        return EMPTY if cost is None else format_price(cost, self.line.currency)


def sums_of(rows: Sequence[Row]) -> dict[str, int]:
    """Minor units by currency; without what was refused."""
    found: dict[str, int] = {}
    for row in rows:
        if not row.refusal:
            found[row.line.currency] = found.get(row.line.currency, 0) + row.line.amount
    return found


class DecideLines(PermittedView):
    permission = "claims.decide"
    http_method_names = ["post"]
    verdict: ClassVar[Verdict]
    form_class: ClassVar[type[Form]]
    heading: ClassVar[str]
    submit_label: ClassVar[str]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if "seen" in request.POST:
            return self.carry_out()
        behind = list_behind(request)
        if not isinstance(behind, ClaimPage):
            messages.error(request, "Open a claim and pick the lines there.")
            return redirect(self.url("channel_inventory:claim_list"))
        try:
            lines = chosen(behind.filtered()[1], request.POST, most=MOST_SEEN).order_by("pk")
        except TooMany as refusal:
            messages.error(request, str(refusal))
            return redirect(behind.request.get_full_path())
        return self.show(self.form_class(), [Row(line) for line in lines], behind.request.get_full_path())

    def carry_out(self) -> HttpResponseBase:
        posted = self.request.POST
        form, back = self.form_class(posted), self.back_address()
        seen = versions_seen(posted.getlist("seen")[:MOST_SEEN])
        if not form.is_valid():
            return self.show(form, self.rows(seen), back, status=UNPROCESSABLE)
        refused: dict[int, str] = {}
        has_run = []

        def do() -> str:
            decision = Decision(self.verdict, form.cleaned_data.get("code", ""), form.cleaned_data["note"])
            refused.update(decide_lines(seen=seen, decision=decision, by=self.member, at=self.now()).refused)
            has_run.append(True)
            return back[:500]

        try:
            with transaction.atomic():
                once(key=click_of(self.request.POST), by=self.member, path=self.request.path, do=do)
        except PartnerBusy as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, self.rows(seen), back, status=UNPROCESSABLE)
        if not has_run:
            messages.info(self.request, "That was done already.")
            return redirect(back)
        return self.answer(form, seen, refused, back)

    def answer(self, form: Form, seen: Mapping[int, int], refused: dict[int, str], back: str) -> HttpResponseBase:
        """Back to the claim when all went well; else each line says what became of it."""
        if not refused:
            messages.success(self.request, f"{len(seen):,} decided.")
            return redirect(back)
        return self.show(form, self.rows(seen, refused), back, is_done=True)

    def rows(self, seen: Mapping[int, int], refused: Mapping[int, str] | None = None) -> list[Row]:
        lines = ClaimLine.objects.filter(pk__in=list(seen)).order_by("pk")
        return [Row(line, (refused or {}).get(line.pk, "")) for line in lines]

    def show(
        self, form: Form, rows: Sequence[Row], back: str, *, is_done: bool = False, status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "rows": rows,
            "sums": sums_of(rows),
            "back": back,
            "click": click_of(self.request.POST),
            "is_done": is_done,
            "done_count": sum(not row.refusal for row in rows),
            "heading": self.heading,
            "submit_label": self.submit_label,
            "sees_cost": self.member.may(SEE_COST),
        }
        return render(self.request, "channel_inventory/decide.html", context, status=status)

    def back_address(self) -> str:
        behind = list_behind(self.request)
        return self.url("channel_inventory:claim_list") if behind is None else behind.request.get_full_path()


class ApproveLines(DecideLines):
    verdict = Verdict.APPROVE
    form_class = ApproveForm
    heading = "Approve claim lines"
    submit_label = "Approve"


class DenyLines(DecideLines):
    verdict = Verdict.DENY
    form_class = DenyForm
    heading = "Deny claim lines"
    submit_label = "Deny"


class PendLines(DecideLines):
    verdict = Verdict.PEND
    form_class = PendForm
    heading = "Leave claim lines pending"
    submit_label = "Pend"
