"""Whose report a row is: the partner of the file, its branches included."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from exchange.interchanges import SENDER, profile_of
from exchange.models import ImportBatch, TradingPartner
from exchange.rows import Context, Row
from parties.choices import PartyRole
from parties.models import Party, PartyRoleFact
from parties.tree import ancestors

CURRENCY, UNIT = "currency", "unit"


def fill_partner(rows: Sequence[Row], context: Context) -> None:
    """Where a row names no partner: the one with the sender's EDI identity, else the one who uploads."""
    sent = [row for row in rows if row.source.get(SENDER)]
    profiles = list(TradingPartner.objects.order_by("pk")) if sent else []
    named = Party.objects.in_bulk([pk for pk in (context.party_id, *(profile.party_id for profile in profiles)) if pk])
    uploader = named.get(context.party_id or 0)
    if uploader:
        by_uploader = {"partner": uploader.code}
        for row in rows:
            row.filled = by_uploader
    for row in sent:
        profile = profile_of(row.source[SENDER], profiles)
        partner = named.get(profile.party_id or 0, uploader) if profile else uploader
        row.filled = filled_by_sender(row, profile, partner, context)


def filled_by_sender(
    row: Row, profile: TradingPartner | None, partner: Party | None, context: Context
) -> dict[str, str]:
    """What EDI leaves out: the partner and the currency; and what the sender calls its units."""
    known = (profile.currency if profile else "") or (partner.currency if partner else "")
    filled = {CURRENCY: known or context.tenant.currency}
    if partner:
        filled["partner"] = partner.code
    unit = row.source.get(UNIT, "").upper()
    if profile and unit in profile.unit_map:
        filled[UNIT] = profile.unit_map[unit]
    return filled


def settle_partners(rows: Sequence[Row], context: Context) -> None:
    """Each row to the partner itself: the party named, or the nearest one above it that reports to us."""
    parent_of = dict(Party.objects.filter(parent__isnull=False).values_list("pk", "parent_id"))
    partners = set(PartyRoleFact.objects.filter(role=PartyRole.PARTNER).values_list("party_id", flat=True))
    named = {row.ids["partner"] for row in rows if "partner" in row.ids}
    above = {party_id: partner_above(party_id, parent_of, partners) for party_id in named}
    strangers = {party_id for party_id in named if is_stranger(party_id, above[party_id], parent_of, context)}
    elsewhere = uploader_of_same_file(context)
    for row in rows:
        party_id = row.ids.get("partner")
        if party_id is None:
            miss_partner(row)
        elif party_id in strangers:
            row.error("partner", "wrong_partner", "The file belongs to another partner than this row names.")
        elif (partner_id := above[party_id]) is None:
            row.error("partner", "wrong_partner", f"“{row.values['partner']}” does not report to us: it is no partner.")
        elif elsewhere:
            row.error("partner", "wrong_partner", f"The very same file came in for {elsewhere} before.")
        else:
            row.ids["partner"] = partner_id


def is_stranger(party_id: int, partner_id: int | None, parent_of: Mapping[int, int], context: Context) -> bool:
    """A file speaks for whoever uploads it and its branches."""
    return context.party_id is not None and context.party_id not in {
        party_id,
        partner_id,
        *ancestors(party_id, parent_of),
    }


def miss_partner(row: Row) -> None:
    if not any(finding.field == "partner" for finding in row.findings):
        row.error("partner", "missing", "Say whose report it is: by its partner, or by a column “partner”.")


def partner_above(party_id: int, parent_of: Mapping[int, int], partners: Iterable[int]) -> int | None:
    """The party or the nearest one above it with the role of a partner."""
    seen: set[int] = set()
    node: int | None = party_id
    while node is not None and node not in seen:
        if node in partners:
            return node
        seen.add(node)
        node = parent_of.get(node)
    return None


def uploader_of_same_file(context: Context) -> str:
    """Code of another party for whom the very same bytes were taken; one merged into the file's is no other."""
    mine = ImportBatch.objects.filter(pk=context.batch_id or 0).first()
    if mine is None or mine.party_id is None:
        return ""
    own = [mine.party_id, *Party.objects.filter(merged_into=mine.party_id).values_list("pk", flat=True)]
    others = ImportBatch.objects.filter(kind=mine.kind, sha256=mine.sha256, accepted_count__gt=0)
    other = others.exclude(party_id__in=own).exclude(party_id=None).values_list("party_id", flat=True).first()
    return Party.objects.values_list("code", flat=True).get(pk=other) if other else ""


def families_of(partner_ids: Iterable[int]) -> dict[int, set[int]]:
    """Each partner with all its branches."""
    parent_of: dict[int, Any] = dict(Party.objects.filter(parent__isnull=False).values_list("pk", "parent_id"))
    found = {partner_id: {partner_id} for partner_id in partner_ids}
    for party_id in parent_of:
        for above in ancestors(party_id, parent_of):
            if above in found:
                found[above].add(party_id)
    return found
