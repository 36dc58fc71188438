import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from pricing.actions.locking import lock_revisions
from pricing.actions.put_in_force import put_in_force
from pricing.actions.write_agreement import header_values, make_line
from pricing.agreements.drafts import LineDraft
from pricing.agreements.file import Group, Subject, compare, group_rows, overlay
from pricing.agreements.overlaps import InForce
from pricing.choices import IN_FORCE, AgreementStatus
from pricing.models import Agreement, AgreementLine
from pricing.rows import UNCHANGED, UPDATED, AgreementRow, Outcome, error
from tenancy.models import Member

CHUNK = 5_000
OPEN = frozenset({AgreementStatus.DRAFT, AgreementStatus.SUBMITTED})
SAME_HEADER = ("mechanism", "end_buyer_id", "sell_to_id", "project", "currency", "valid_from", "valid_to")
COLUMNS = {"end_buyer": "end_buyer", "valid_to": "valid_to", "currency": "currency", "mechanism": "mechanism"}


@dataclass
class Present:
    """What is there under one number: the revision that counts, and the highest."""

    current: Agreement | None = None
    highest: int = 0
    lines: dict[Subject, LineDraft] = field(default_factory=dict)
    used: dict[Subject, int] = field(default_factory=dict)


@dataclass
class Plan:
    """Revisions to write, those to put in force, and present ones whose status alone changes."""

    fresh: list[tuple[Agreement, list[LineDraft]]] = field(default_factory=list)
    in_force: list[Agreement] = field(default_factory=list)
    statuses: list[Agreement] = field(default_factory=list)
    expired: list[Agreement] = field(default_factory=list)


def upsert_agreement_rows(
    *, rows: Sequence[AgreementRow], by: Member | None, at: dt.datetime, is_dry: bool = False
) -> list[Outcome]:
    """Take agreements as a file states them. The same rows again change nothing.

    A new number becomes a first revision, a change of a known one its next; lines and tiers that the file does not
    name stay. A row that contradicts another, or would overlap another agreement, is refused; of a known agreement
    all its rows then are. `is_dry` says what would happen and writes nothing. A fixed number of statements.
    """
    outcomes: dict[int, Outcome] = {}
    groups = group_rows(rows, outcomes)
    present = load(groups, is_locked=not is_dry)
    samples = [line for group in groups.values() for line in sample_lines(group, present[group.number])]
    others = InForce.beside(samples, set(groups))
    plan = Plan()
    for group in groups.values():
        if group.lines:
            decide(group, present[group.number], rows, outcomes, others, plan)
    if not is_dry:
        write(plan, by=by, at=at)
    return [outcomes[index] for index in range(len(rows))]


def load(groups: dict[str, Group], *, is_locked: bool) -> dict[str, Present]:
    present = {number: Present() for number in groups}
    stored = lock_revisions(groups) if is_locked else list(Agreement.objects.filter(number__in=groups).order_by("pk"))
    for agreement in sorted(stored, key=lambda each: (each.status in IN_FORCE, each.revision)):
        there = present[agreement.number]
        there.highest = max(there.highest, agreement.revision)
        if agreement.status != AgreementStatus.SUPERSEDED:
            there.current = agreement
    owners = {there.current.pk: there for there in present.values() if there.current}
    for line in AgreementLine.objects.filter(agreement_id__in=owners):
        subject = (line.product_id, line.family_id)
        tiers = tuple(zip(line.min_qtys, line.prices, strict=True))
        there = owners[line.agreement_id]
        there.lines[subject] = LineDraft(*subject, tiers, line.tier_basis, line.cap_qty, line.book_price)
        there.used[subject] = line.consumed_qty + line.reserved_qty
    return present


def sample_lines(group: Group, there: Present) -> list[AgreementLine]:
    """Whatever the next revision could hold, to find what it could meet."""
    header = Agreement(**header_values(group.draft(())))
    return [make_line(header, line) for line in {**there.lines, **group.lines}.values()]


def decide(
    group: Group,
    there: Present,
    rows: Sequence[AgreementRow],
    outcomes: dict[int, Outcome],
    others: InForce,
    plan: Plan,
) -> None:
    """Fill the outcomes of one number's rows, and the plan with what they need."""
    current, wanted = there.current, group.first.status
    same_header = current is not None and all(
        getattr(current, name) == getattr(group.first, name) for name in SAME_HEADER
    )
    judged = {
        index: compare(rows[index], there.lines.get(subject), is_same_header=same_header)
        for subject, members in group.members.items()
        for index in members
    }
    is_same = all(outcome == UNCHANGED for outcome in judged.values())
    refusal = refuse_status(current, wanted, is_same=is_same) or refuse_terms(group)
    if refusal:
        outcomes.update(dict.fromkeys(judged, refusal))
        return
    outcomes.update(judged)
    if current is not None and (is_same or wanted == AgreementStatus.CLOSED):
        change_status(current, wanted, list(judged), outcomes, plan)
        return
    lines = {**there.lines, **{s: overlay(there.lines.get(s), line) for s, line in group.lines.items()}}
    header = Agreement(revision=there.highest + 1, status=wanted, **header_values(group.draft(())))
    header.note = current.note if current else ""
    lines = settle_lines(group, there, header, lines, outcomes, others)
    if lines:
        plan_revision(header, lines, wanted, plan)


def plan_revision(header: Agreement, lines: dict[Subject, LineDraft], wanted: str, plan: Plan) -> None:
    if wanted in IN_FORCE:
        header.status = AgreementStatus.SUBMITTED
        plan.in_force.append(header)
    if wanted == AgreementStatus.EXPIRED:
        plan.expired.append(header)
    plan.fresh.append((header, list(lines.values())))


def refuse_status(current: Agreement | None, wanted: str, *, is_same: bool) -> Outcome | None:
    if wanted == AgreementStatus.SUPERSEDED:
        return error("status", "bad_status", "A revision is superseded by the next one, not by a file.")
    if current is None or (is_same and current.status == wanted):
        return None
    if current.status == AgreementStatus.CLOSED:
        return error("status", "closed", f"{current.number} was closed. Give the new terms a number of their own.")
    if current.status in IN_FORCE and wanted in OPEN and is_same:
        return error("status", "bad_status", f"{current.number} is {current.status} already.")
    if current.status in OPEN and not is_same:
        return error("status", "in_preparation", f"Revision {current.revision} is being prepared: finish it first.")
    return None


def refuse_terms(group: Group) -> Outcome | None:
    for name, message in group.draft(list(group.lines.values())).contradictions():
        return error(COLUMNS.get(name, "price" if name == "lines" else name), "bad_terms", message)
    return None


def change_status(
    current: Agreement, wanted: str, indexes: list[int], outcomes: dict[int, Outcome], plan: Plan
) -> None:
    """The terms are the same; the file may still say that it was approved, has ended or was closed."""
    if current.status == wanted or (current.status in IN_FORCE and wanted == AgreementStatus.APPROVED):
        return
    outcomes.update(dict.fromkeys(indexes, UPDATED))
    if current.status in OPEN and wanted in IN_FORCE:
        plan.in_force.append(current)
        if wanted == AgreementStatus.EXPIRED:
            plan.expired.append(current)
        return
    current.status = wanted
    plan.statuses.append(current)


def settle_lines(
    group: Group,
    there: Present,
    header: Agreement,
    lines: dict[Subject, LineDraft],
    outcomes: dict[int, Outcome],
    others: InForce,
) -> dict[Subject, LineDraft]:
    """The lines that may go in. Of a known agreement all or none: half a revision would be nobody's terms."""
    refused: dict[Subject, Outcome] = {}
    for subject, line in lines.items():
        row = make_line(header, line)
        held = others.meeting(row) if header.status in IN_FORCE else None
        if held is not None:
            refused[subject] = error("valid_from", "overlap", held.sentence(row))
        elif line.cap_qty is not None and line.cap_qty < there.used.get(subject, 0):
            used = there.used[subject]
            refused[subject] = error("cap_qty", "below_use", f"The cap is below the {used:,} used so far.")
    if refused and there.current is not None:
        outcome = next(iter(refused.values()))
        outcomes.update(dict.fromkeys(group.indexes, outcome))
        return {}
    for subject, outcome in refused.items():
        outcomes.update(dict.fromkeys(group.members[subject], outcome))
    accepted = {subject: line for subject, line in lines.items() if subject not in refused}
    if header.status in IN_FORCE:
        for line in accepted.values():
            others.add(make_line(header, line), header.number)
    return accepted


def write(plan: Plan, *, by: Member | None, at: dt.datetime) -> None:
    Agreement.objects.bulk_create([header for header, _ in plan.fresh], batch_size=CHUNK)
    AgreementLine.objects.bulk_create(
        [make_line(header, line) for header, lines in plan.fresh for line in lines], batch_size=CHUNK
    )
    if plan.in_force:
        put_in_force(plan.in_force, by=by, at=at)
    for agreement in plan.expired:
        agreement.status = AgreementStatus.EXPIRED
    Agreement.objects.bulk_update([*plan.expired, *plan.statuses], ["status"], batch_size=CHUNK)
    closed = [each.pk for each in plan.statuses if each.status == AgreementStatus.CLOSED]
    AgreementLine.objects.filter(agreement_id__in=closed).update(is_in_force=False)
