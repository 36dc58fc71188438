"""Revisions taking the place of the ones before them, any number at once."""

import datetime as dt
from collections.abc import Sequence

from pricing.actions.locking import lock_lines
from pricing.agreements.overlaps import InForce
from pricing.choices import IN_FORCE, AgreementStatus
from pricing.errors import AgreementOverlap, RevisionBelowUse
from pricing.models import Agreement, AgreementLine
from tenancy.models import Member

ONE_DAY = dt.timedelta(days=1)
CHUNK = 2_000
LINE_CHANGES = ["is_in_force", "valid_to", "consumed_qty", "reserved_qty", "carried_to"]


def put_in_force(agreements: Sequence[Agreement], *, by: Member | None, at: dt.datetime) -> None:
    """Approve these revisions, one of each number; the caller has locked all revisions of the numbers.

    The revision before is superseded. It goes on pricing the days before the new one starts, if there are any; what
    was used and reserved under it counts on the new one from now on. Raises AgreementOverlap, RevisionBelowUse.
    """
    supersede(agreements)
    lines = lock_lines(agreements)
    refuse_overlaps(agreements, lines)
    for agreement in agreements:
        agreement.status = AgreementStatus.APPROVED
        agreement.approved_by, agreement.approved_at = by, at
    Agreement.objects.bulk_update(agreements, ["status", "approved_by", "approved_at"], batch_size=CHUNK)
    AgreementLine.objects.filter(pk__in=[line.pk for line in lines]).update(is_in_force=True)


def supersede(agreements: Sequence[Agreement]) -> None:
    successors = {agreement.number: agreement for agreement in agreements}
    before = list(
        Agreement.objects.filter(number__in=successors, status__in=(*IN_FORCE, AgreementStatus.SUPERSEDED))
        .exclude(pk__in=[agreement.pk for agreement in agreements])
        .order_by("pk")
    )
    if not before:
        return
    numbers = {agreement.pk: agreement.number for agreement in before}
    retire_headers(before, successors)
    lines = lock_lines([*before, *(successors[number] for number in set(numbers.values()))])
    old_lines = [line for line in lines if line.agreement_id in numbers]
    new_lines = [line for line in lines if line.agreement_id not in numbers]
    carry_use(old_lines, new_lines, numbers)
    for line in old_lines:
        start = successors[numbers[line.agreement_id]].valid_from
        line.is_in_force = line.is_in_force and line.valid_from < start
        if line.is_in_force:
            line.valid_to = min(line.valid_to, start - ONE_DAY)
    AgreementLine.objects.bulk_update([*old_lines, *new_lines], LINE_CHANGES, batch_size=CHUNK)
    follow_the_chain(old_lines)


def retire_headers(before: Sequence[Agreement], successors: dict[str, Agreement]) -> None:
    for agreement in before:
        agreement.status = AgreementStatus.SUPERSEDED
        start = successors[agreement.number].valid_from
        if agreement.valid_from < start:
            agreement.valid_to = min(agreement.valid_to, start - ONE_DAY)
    Agreement.objects.bulk_update(before, ["status", "valid_to"], batch_size=CHUNK)


def carry_use(old_lines: Sequence[AgreementLine], new_lines: Sequence[AgreementLine], numbers: dict[int, str]) -> None:
    """Move what was used and reserved to the line of the same product or family, and leave the way there."""
    new_numbers = dict(Agreement.objects.filter(pk__in={n.agreement_id for n in new_lines}).values_list("pk", "number"))
    heirs = {(new_numbers[line.agreement_id], line.product_id, line.family_id): line for line in new_lines}
    for line in old_lines:
        heir = heirs.get((numbers[line.agreement_id], line.product_id, line.family_id))
        if heir is None or line.carried_to_id is not None:
            continue
        heir.consumed_qty += line.consumed_qty
        heir.reserved_qty += line.reserved_qty
        used = heir.consumed_qty + heir.reserved_qty
        if heir.cap_qty is not None and heir.cap_qty < used:
            raise RevisionBelowUse(
                f"{numbers[line.agreement_id]}: the new cap of {heir.cap_qty:,} is below the {used:,} used so far."
            )
        line.carried_to = heir
        line.consumed_qty = line.reserved_qty = 0


def follow_the_chain(old_lines: Sequence[AgreementLine]) -> None:
    """One step leads from any old line to where it is counted."""
    for line in old_lines:
        if line.carried_to_id is not None:
            AgreementLine.objects.filter(carried_to_id=line.pk).update(carried_to_id=line.carried_to_id)


def refuse_overlaps(agreements: Sequence[Agreement], lines: Sequence[AgreementLine]) -> None:
    """Say in words what the exclusion constraint would refuse."""
    numbers = {agreement.pk: agreement.number for agreement in agreements}
    others = InForce.beside(lines, set(numbers.values()))
    for line in lines:
        if other := others.meeting(line):
            raise AgreementOverlap(other.sentence(line))
        others.add(line, numbers[line.agreement_id])
