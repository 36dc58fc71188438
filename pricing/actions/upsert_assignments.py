import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from parties.models import Party
from pricing.models import PriceList, PriceListAssignment
from pricing.rows import AssignmentRow, Outcome
from pricing.validities.spans import write_spans
from pricing.validities.timeline import Span, settle
from tenancy.models import Member

AssignmentKey = tuple[int, str]
CHUNK = 5_000


def upsert_assignments(
    *, rows: Sequence[AssignmentRow], by: Member | None, at: dt.datetime, is_dry: bool = False
) -> list[Outcome]:
    """Say which list each party buys from, and when. The same rows again change nothing.

    Party, list and start tell which assignment a row means. One list at a time for a party and a currency: a row that
    overlaps another is refused, the others are taken. `is_dry` says what would happen and writes nothing.
    """
    currencies = dict(PriceList.objects.filter(pk__in={r.price_list_id for r in rows}).values_list("pk", "currency"))
    grouped: dict[AssignmentKey, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        grouped[row.party_id, currencies[row.price_list_id]].append(index)
    if not is_dry:
        lock_parties({row.party_id for row in rows})
    present = present_assignments({row.party_id for row in rows})
    outcomes: dict[int, Outcome] = {}
    fresh: list[PriceListAssignment] = []
    updates: list[Span] = []
    for (party_id, currency), indexes in grouped.items():
        settled = settle(present[party_id, currency], [span_of(rows[index]) for index in indexes])
        outcomes.update(zip(indexes, settled.outcomes, strict=True))
        fresh += [assignment(party_id, currency, span) for span in settled.inserts]
        updates += settled.updates
    if not is_dry:
        write_spans("update_assignments", updates, {s.pk: s for spans in present.values() for s in spans if s.pk})
        PriceListAssignment.objects.bulk_create(fresh, batch_size=CHUNK)
    return [outcomes[index] for index in range(len(rows))]


def span_of(row: AssignmentRow) -> Span:
    return Span(row.valid_from, row.valid_to, row.price_list_id, identity=row.price_list_id)


def assignment(party_id: int, currency: str, span: Span) -> PriceListAssignment:
    return PriceListAssignment(
        party_id=party_id, price_list_id=span.value, currency=currency, valid_from=span.start, valid_to=span.end
    )


def lock_parties(party_ids: set[int]) -> None:
    """Two files about one party wait for each other."""
    list(Party.objects.select_for_update(no_key=True).filter(pk__in=party_ids).order_by("pk").values_list("pk"))


def present_assignments(party_ids: set[int]) -> dict[AssignmentKey, list[Span]]:
    present: dict[AssignmentKey, list[Span]] = defaultdict(list)
    for each in PriceListAssignment.objects.filter(party_id__in=party_ids):
        span = Span(each.valid_from, each.valid_to, each.price_list_id, each.price_list_id, each.pk)
        present[each.party_id, each.currency].append(span)
    return present
