import datetime as dt

from django.db.models import Q

from parties.errors import MergeRefused
from pricing.agreements.overlaps import InForce
from pricing.models import Agreement, AgreementLine, PriceListAssignment
from tenancy.models import Member

ROLES = ("end_buyer_id", "sell_to_id")


def follow_merge(*, loser_id: int, survivor_id: int, by: Member | None, at: dt.datetime) -> None:
    """Agreements, all revisions, and price lists of the loser become the survivor's.

    Two prices, or two lists, that would then hold on one day are named and refused: MergeRefused.
    """
    lines = lines_of(loser_id, survivor_id)
    assignments, covered = split_assignments(loser_id, survivor_id)
    refused = [*overlapping_lines(lines), *overlapping_lists(assignments, survivor_id)]
    if refused:
        raise MergeRefused(refused)
    for role in ROLES:
        Agreement.objects.filter(**{role: loser_id}).update(**{role: survivor_id})
        AgreementLine.objects.filter(**{role: loser_id}).update(**{role: survivor_id})
    PriceListAssignment.objects.filter(pk__in=[each.pk for each in covered]).delete()
    PriceListAssignment.objects.filter(party_id=loser_id).update(party_id=survivor_id)


def lines_of(loser_id: int, survivor_id: int) -> list[AgreementLine]:
    """Lines in force that name the loser, as they will be."""
    named = Q(end_buyer_id=loser_id) | Q(sell_to_id=loser_id)
    found = AgreementLine.objects.select_for_update(of=("self",)).select_related("agreement")
    lines = list(found.filter(named, is_in_force=True).order_by("pk"))
    for line in lines:
        for role in ROLES:
            if getattr(line, role) == loser_id:
                setattr(line, role, survivor_id)
    return lines


def overlapping_lines(lines: list[AgreementLine]) -> list[str]:
    others = InForce.beside(lines, {line.agreement.number for line in lines})
    refused = []
    for line in lines:
        if other := others.meeting(line):
            refused.append(f"{line.agreement.number}: {other.sentence(line)}")
        others.add(line, line.agreement.number)
    return refused


def split_assignments(loser_id: int, survivor_id: int) -> tuple[list[PriceListAssignment], list[PriceListAssignment]]:
    """The loser's lists that the survivor does not buy from, and those it buys from on all their days."""
    kept: list[PriceListAssignment] = []
    covered: list[PriceListAssignment] = []
    theirs = assignments_of(survivor_id)
    for mine in assignments_of(loser_id):
        is_covered = any(same_list(mine, each) and covers(each, mine) for each in theirs)
        (covered if is_covered else kept).append(mine)
    return kept, covered


def assignments_of(party_id: int) -> list[PriceListAssignment]:
    found = PriceListAssignment.objects.select_for_update(of=("self",)).select_related("price_list")
    return list(found.filter(party_id=party_id).order_by("pk"))


def overlapping_lists(mine: list[PriceListAssignment], survivor_id: int) -> list[str]:
    theirs = assignments_of(survivor_id)
    return [
        f"The one buys from {each.price_list.code} {span(each)}, the other from {other.price_list.code} {span(other)}: "
        "end one of them first."
        for each in mine
        for other in theirs
        if each.currency == other.currency and meet(each, other)
    ]


def same_list(one: PriceListAssignment, other: PriceListAssignment) -> bool:
    return one.price_list_id == other.price_list_id


def last(each: PriceListAssignment) -> dt.date:
    return each.valid_to or dt.date.max


def covers(one: PriceListAssignment, other: PriceListAssignment) -> bool:
    return one.valid_from <= other.valid_from and last(one) >= last(other)


def meet(one: PriceListAssignment, other: PriceListAssignment) -> bool:
    return one.valid_from <= last(other) and other.valid_from <= last(one)


def span(each: PriceListAssignment) -> str:
    return f"from {each.valid_from}" + (f" to {each.valid_to}" if each.valid_to else " on")
