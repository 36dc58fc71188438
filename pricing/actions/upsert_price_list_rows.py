import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from pricing.agreements.drafts import LARGEST_QUANTITY, is_price
from pricing.choices import PriceListKind
from pricing.models import PriceList, PriceListItem
from pricing.rows import Outcome, PriceListRow, error
from pricing.validities.spans import write_spans
from pricing.validities.timeline import Span, settle
from tenancy.models import Member
from values.currencies import MINOR_UNITS

ItemKey = tuple[str, int, int]
CHUNK = 5_000


def upsert_price_list_rows(
    *, rows: Sequence[PriceListRow], by: Member | None, at: dt.datetime, is_dry: bool = False
) -> list[Outcome]:
    """Lay list prices over those that are there; a missing list is made. The same rows again change nothing.

    List, product, quantity break and start tell which price a row means. A row whose validity overlaps another is
    refused, the others are taken. `is_dry` says what would happen and writes nothing. A fixed number of statements.
    """
    lists = known_lists({row.list_code for row in rows}, is_locked=not is_dry)
    outcomes = check_lists(rows, lists)
    grouped: dict[ItemKey, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if index not in outcomes:
            grouped[row.list_code, row.product_id, row.min_qty].append(index)
    present = present_items(grouped)
    inserts: list[tuple[ItemKey, Span]] = []
    updates: list[Span] = []
    for key, indexes in grouped.items():
        settled = settle(present[key], [span_of(rows[index]) for index in indexes])
        outcomes.update(zip(indexes, settled.outcomes, strict=True))
        inserts += [(key, span) for span in settled.inserts]
        updates += settled.updates
    if not is_dry:
        write(rows, lists, inserts, updates, present)
    return [outcomes[index] for index in range(len(rows))]


def span_of(row: PriceListRow) -> Span:
    return Span(row.valid_from, row.valid_to, row.price)


def known_lists(codes: Iterable[str], *, is_locked: bool) -> dict[str, PriceList]:
    found = PriceList.objects.filter(code__in=set(codes)).order_by("pk")
    return {each.code: each for each in (found.select_for_update() if is_locked else found)}


def kind_of(code: str, currency: str) -> str:
    return PriceListKind.BASE if code in {"BASE", f"BASE-{currency}"} else PriceListKind.BOOK


def check_lists(rows: Sequence[PriceListRow], lists: dict[str, PriceList]) -> dict[int, Outcome]:
    """Refusals that need no look at other prices."""
    currencies = {code: each.currency for code, each in lists.items()}
    bases = dict(PriceList.objects.filter(kind=PriceListKind.BASE).values_list("currency", "code"))
    refused: dict[int, Outcome] = {}
    for index, row in enumerate(rows):
        currency = currencies.get(row.list_code, row.currency)
        if refusal := refuse_row(row, currency, bases):
            refused[index] = refusal
            continue
        currencies[row.list_code] = currency
        if row.list_code not in lists and kind_of(row.list_code, currency) == PriceListKind.BASE:
            bases[currency] = row.list_code
    return refused


def refuse_row(row: PriceListRow, currency: str, bases: dict[str, str]) -> Outcome | None:
    if row.currency not in MINOR_UNITS:
        return error("currency", "unknown_currency", f"“{row.currency}” is not a currency.")
    if row.currency != currency:
        return error("currency", "currency_mismatch", f"The list {row.list_code} is in {currency}, not {row.currency}.")
    base = bases.get(currency, row.list_code)
    if kind_of(row.list_code, currency) == PriceListKind.BASE and base != row.list_code:
        return error("list", "second_base_list", f"The base list in {currency} is {base}; there is only one.")
    if not 1 <= row.min_qty <= LARGEST_QUANTITY:
        return error("min_qty", "out_of_range", "A price holds from a quantity of 1 or more.")
    if not is_price(row.price):
        return error("price", "bad_price", "A price is zero or more, with six decimals at most.")
    return None


def present_items(keys: Iterable[ItemKey]) -> dict[ItemKey, list[Span]]:
    keys = set(keys)
    stored = PriceListItem.objects.filter(
        price_list__code__in={code for code, _, _ in keys}, product_id__in={product for _, product, _ in keys}
    ).values_list("price_list__code", "product_id", "min_qty", "valid_from", "valid_to", "price", "pk")
    present: dict[ItemKey, list[Span]] = defaultdict(list)
    for code, product_id, min_qty, valid_from, valid_to, price, pk in stored:
        present[code, product_id, min_qty].append(Span(valid_from, valid_to, price, None, pk))
    return present


def write(
    rows: Sequence[PriceListRow],
    lists: dict[str, PriceList],
    inserts: Sequence[tuple[ItemKey, Span]],
    updates: Sequence[Span],
    present: dict[ItemKey, list[Span]],
) -> None:
    currency_of = {row.list_code: row.currency for row in reversed(rows)}
    missing = sorted({key[0] for key, _ in inserts} - lists.keys())
    made = PriceList.objects.bulk_create(
        PriceList(code=code, currency=currency_of[code], kind=kind_of(code, currency_of[code])) for code in missing
    )
    lists = {**lists, **{each.code: each for each in made}}
    was: dict[Any, Span] = {span.pk: span for spans in present.values() for span in spans}
    write_spans("update_list_prices", updates, was)
    PriceListItem.objects.bulk_create(
        [
            PriceListItem(
                price_list=lists[code], product_id=product_id, min_qty=min_qty, price=span.value,
                valid_from=span.start, valid_to=span.end,
            )
            for (code, product_id, min_qty), span in inserts
        ],
        batch_size=CHUNK,
    )  # fmt: skip
