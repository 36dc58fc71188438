"""A person decides claim lines, one or many: approve, deny or pend. What cannot be is refused line by line.

A return of a sale that nobody has decided yet waits with it, and is decided with it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from channel_inventory.actions.append_liability import Move, append_liability
from channel_inventory.actions.bill_returns import bill_returns, returns_of
from channel_inventory.actions.lock_partners import lock_partners_soon
from channel_inventory.choices import ClaimLineState, ClaimReason, LiabilityEntry, Verdict
from channel_inventory.claiming.cuts import add_finding, cut
from channel_inventory.models import ClaimLine
from pricing.actions.consume_caps import consume_caps
from tenancy.models import Member, Tenant
from tenancy.scope import current_tenant_id

FIELDS = (
    "state", "reason", "findings", "receipt", "quantity", "amount", "consumed_qty",
    "decided_by", "decided_at", "decision_note", "version",
)  # fmt: skip
CAP_IS_USED = "Nothing is left of the agreement's cap."


@dataclass(frozen=True)
class Decision:
    """`code` is the 901 reason of a denial; without one it is the line's own. `note` is what the person says."""

    verdict: str
    code: str = ""
    note: str = ""


@dataclass
class Decided:
    """Lines as they now are, whatever became of them, and why others were refused, by line."""

    done: list[ClaimLine] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A line and the returns that wait with it."""

    line: ClaimLine
    backs: tuple[ClaimLine, ...]

    @property
    def lines(self) -> tuple[ClaimLine, ...]:
        return (self.line, *self.backs)

    @property
    def asked(self) -> int:
        return sum(line.quantity for line in self.lines)


@transaction.atomic
def decide_lines(*, seen: Mapping[int, int], decision: Decision, by: Member, at: dt.datetime) -> Decided:
    """`seen` are the lines with the version that somebody looked at.

    Approving takes the cap, in key order: where it has less than was sold, the line is cut to that (code 04), and
    where nothing is left it is denied (code 05). Denying takes the estimate back. Pending says why somebody has to
    look (code 25), and opens a denied line again. Raises PartnerBusy.
    """
    lock_partners_soon(ClaimLine.objects.filter(pk__in=list(seen)).values_list("partner_id", flat=True))
    cases, refused = open_cases(seen, decision)
    before = {line.pk: (line.state, line.amount) for case in cases for line in case.lines}
    moves: list[Move] = []
    today = Tenant.objects.get(pk=current_tenant_id()).today(at)
    if decision.verdict == Verdict.APPROVE:
        approve(cases)
    for case in cases:
        for line in case.lines:
            mark(line, decision, by, at)
            moves += moves_of(line, before[line.pk], today)
    lines = [line for case in cases for line in case.lines]
    ClaimLine.objects.bulk_update(lines, FIELDS, batch_size=1_000)
    append_liability(moves=moves, by=by, at=at)
    opened = [line for line in lines if before[line.pk][0] == ClaimLineState.DENIED]
    if opened:
        # what came back while the sale was denied has not been billed yet
        bill_returns(returns_of("{}", [line.pos_line_id for line in opened]), by, at)
    return Decided(lines, refused)


def open_cases(seen: Mapping[int, int], decision: Decision) -> tuple[list[Case], dict[int, str]]:
    found = ClaimLine.objects.select_for_update(of=("self",), no_key=True).filter(
        Q(pk__in=list(seen)) | Q(reverses_id__in=list(seen))
    )
    lines = list(found.order_by("pk"))
    parents = ClaimLine.objects.in_bulk({line.reverses_id for line in lines if line.reverses_id})
    refused = dict.fromkeys(seen, "There is no such line.")
    backs: dict[int | None, list[ClaimLine]] = defaultdict(list)
    for line in lines:
        backs[line.reverses_id].append(line)
    cases = []
    for line in lines:
        if line.pk not in seen:
            continue
        why = refusal(line, seen[line.pk], decision, parents)
        if why:
            refused[line.pk] = why
            continue
        del refused[line.pk]
        cases.append(Case(line, tuple(back for back in backs[line.pk] if back.state == line.state)))
    return cases, refused


def refusal(line: ClaimLine, version: int, decision: Decision, parents: Mapping[int, ClaimLine]) -> str:
    """Why this decision cannot be made; empty when it can."""
    if line.version != version:
        return f"It was changed meanwhile: you saw version {version}, it is at {line.version}."
    if line.reverses_id and parents[line.reverses_id].state == ClaimLineState.PENDING:
        return "It is a return: it is decided with the sale that it takes back."
    if line.state == ClaimLineState.DENIED and decision.verdict == Verdict.PEND:
        return "" if not line.reverses_id else "It is a return: it follows the sale that it takes back."
    if line.state != ClaimLineState.PENDING:
        return f"It is {line.get_state_display().lower()} already."
    checks = {Verdict.APPROVE: not_approvable, Verdict.DENY: not_deniable}
    check = checks.get(Verdict(decision.verdict))
    return check(line, decision) if check else ""


def not_approvable(line: ClaimLine, decision: Decision) -> str:
    if line.agreement_line_id is None:
        return "No agreement gives it a price: import the agreement and value the line again, or deny it."
    if not decision.note and any(each["is_denial"] for each in line.findings):
        return f"Code {line.reason} speaks against it: say why it is approved all the same."
    return ""


def not_deniable(line: ClaimLine, decision: Decision) -> str:
    return "" if decision.code or line.reason else "Name the reason."


def approve(cases: Sequence[Case]) -> None:
    """Take the cap for all of them in one statement, and serve them in key order."""
    wanted: dict[int, int] = defaultdict(int)
    for case in cases:
        if case.line.agreement_line_id is not None:
            wanted[case.line.agreement_line_id] += case.asked
    granted = consume_caps(wanted=wanted)
    for case in cases:
        if case.line.agreement_line_id is None:
            continue
        got = min(case.asked, granted[case.line.agreement_line_id])
        granted[case.line.agreement_line_id] -= got
        grant(case, got)


def grant(case: Case, got: int) -> None:
    line, asked = case.line, case.asked
    if asked and not got:
        add_finding(line, ClaimReason.NOTHING_LEFT, CAP_IS_USED, is_denial=True)
        for each in case.lines:
            each.state, each.reason = ClaimLineState.DENIED, ClaimReason.NOTHING_LEFT
        return
    if got < asked:
        cut(line, case.backs, covered=got + line.quantity - asked)
    for each in case.lines:
        each.state, each.consumed_qty = ClaimLineState.APPROVED, each.quantity


def mark(line: ClaimLine, decision: Decision, by: Member, at: dt.datetime) -> None:
    """Who decided and when; for approved lines the state is set by now."""
    line.decided_by, line.decided_at, line.decision_note = by, at, decision.note
    line.version += 1
    if decision.verdict == Verdict.DENY:
        line.state, line.reason = ClaimLineState.DENIED, decision.code or line.reason
    elif decision.verdict == Verdict.PEND:
        line.state = ClaimLineState.PENDING
        line.findings = [each for each in line.findings if not (each["is_denial"] and each.get("by_hand"))]
        line.reason = line.findings[0]["code"] if line.findings else ClaimReason.PENDING_REVIEW
        add_finding(line, ClaimReason.PENDING_REVIEW, decision.note or "Somebody has to look.", is_denial=False)


def moves_of(line: ClaimLine, was: tuple[str, int], today: dt.date) -> list[Move]:
    """What the decision moves. The estimate goes whole: what was cut is denied, the rest becomes claimed."""
    state, before = was
    key = f"{line.pk}:{line.version}"
    if line.state == ClaimLineState.DENIED:
        return [Move(LiabilityEntry.DENY, line.pk, before, today, f"deny:{key}", note=line.decision_note)]
    if line.state == ClaimLineState.PENDING:
        return reopened(line, today, key) if state == ClaimLineState.DENIED else []
    cut_off = Move(LiabilityEntry.DENY, line.pk, before - line.amount, today, f"cut:{key}", note="Cut by the cap")
    approved = Move(LiabilityEntry.APPROVE, line.pk, line.amount, today, f"approve:{key}", note=line.decision_note)
    return [cut_off, approved] if before != line.amount else [approved]


def reopened(line: ClaimLine, today: dt.date, key: str) -> list[Move]:
    """A denied line that is looked at again is estimated again, unless a finding speaks against it."""
    if any(each["is_denial"] for each in line.findings):
        return []
    return [Move(LiabilityEntry.ADJUST, line.pk, line.amount, today, f"reopen:{key}", note=line.decision_note)]
