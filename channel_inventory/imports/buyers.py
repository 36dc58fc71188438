"""Who the end buyers of a report would be, and what was agreed for them: for the preview, and for the warning of a
resale below the agreed cost. Certification decides again when the report is taken.
"""

import datetime as dt
from collections.abc import Collection, Sequence

from channel_inventory import statements
from channel_inventory.pos.draft import PosDraft
from channel_inventory.pos.texts import EndBuyerText
from exchange.choices import RowChange
from exchange.rows import Row
from parties.addresses import Address
from parties.end_buyers import EndBuyerQuestion, resolve_end_buyers
from pricing.resolver import PriceQuestion, resolve_prices
from values.rows import as_array, as_text_array
from values.text import normalise_name

# what is asked about prices at once
CHUNK = 20_000
Key = tuple[int, str]
Reach = tuple[int, int, int, str, dt.date]
# sell-to, end buyer, product, quantity, currency, day, cited agreement: as a price question has them
Asked = tuple[int, int, int, int, str, dt.date, str]


def foresee_buyers(rows: Sequence[Row]) -> None:
    """`ids["end_buyer"]` of the rows whose end buyer is certified already, or would be without a person."""
    texts: dict[Key, EndBuyerText] = {}
    for row in rows:
        texts.setdefault(key_of(row.subject), row.subject.text)
    decided = certified_texts(texts)
    waiting = [key for key in texts if key not in decided]
    questions = [question_of(no, key, texts[key]) for no, key in enumerate(waiting)]
    known = {waiting[no]: match.party_id for no, match in resolve_end_buyers(questions).items()} | decided
    for row in rows:
        if party_id := known.get(key_of(row.subject)):
            row.ids["end_buyer"] = party_id


def key_of(draft: PosDraft) -> Key:
    return draft.partner_id, draft.text_key


def certified_texts(keys: Collection[Key]) -> dict[Key, int | None]:
    rows = statements.rows(
        "certified_texts",
        partners=as_array(partner_id for partner_id, _ in keys),
        texts=as_text_array(text_key for _, text_key in keys),
    )
    return {(partner_id, text_key): party_id for partner_id, text_key, party_id in rows}


def question_of(no: int, key: Key, text: EndBuyerText) -> EndBuyerQuestion:
    name = normalise_name(text.name) if text.is_named else ""
    return EndBuyerQuestion(no, key[0], text.code, name, Address(text.city, text.postcode, text.country))


def foresee_claims(rows: Sequence[Row]) -> None:
    """`ids["agreement_line"]` of the rows that a ship-and-debit agreement covers; warn where less was charged."""
    claimable = within_reach([row for row in rows if is_claimable(row)])
    for start in range(0, len(claimable), CHUNK):
        foresee_some(claimable[start : start + CHUNK])


def within_reach(rows: Sequence[Row]) -> list[Row]:
    """Those for whose end buyer and part something was agreed on their day; for most nothing is."""
    asked: dict[Reach, int] = {}
    places = [asked.setdefault(reach_of(row), len(asked)) for row in rows]
    if not asked:
        return []
    partners, buyers, products, currencies, days = zip(*asked, strict=True)
    found = statements.rows(
        "claimable_sales",
        partners=as_array(partners),
        buyers=as_array(buyers),
        products=as_array(products),
        currencies=as_text_array(currencies),
        days=as_array(days),
    )
    agreed = {no - 1 for (no,) in found}
    return [row for row, place in zip(rows, places, strict=True) if place in agreed]


def reach_of(row: Row) -> Reach:
    draft = row.subject
    return draft.partner_id, row.ids["end_buyer"], draft.product_id, draft.currency, draft.day


def foresee_some(rows: Sequence[Row]) -> None:
    # the rows of a report that ask the same are few beside a frozen question for each of them
    distinct: dict[Asked, int] = {}
    places = [distinct.setdefault(asked_of(row), len(distinct)) for row in rows]
    answers = resolve_prices([PriceQuestion(0, *asked[:-1], cited_agreement=asked[-1]) for asked in distinct])
    for row, place in zip(rows, places, strict=True):
        answer = answers[place]
        if answer.agreed_cost is None or answer.agreement_line_id is None:
            continue
        row.ids["agreement_line"] = answer.agreement_line_id
        price, agreed_cost = row.subject.price, answer.agreed_cost
        if price < agreed_cost:
            message = f"Resold at {price:f} each, below the agreed cost of {agreed_cost.normalize():f}."
            row.warn("resale_price", "below_agreed_cost", message)


def is_claimable(row: Row) -> bool:
    return "end_buyer" in row.ids and not row.subject.is_return and row.change != RowChange.UNCHANGED


def asked_of(row: Row) -> Asked:
    draft: PosDraft = row.subject
    return (
        draft.partner_id,
        row.ids["end_buyer"],
        draft.product_id,
        draft.quantity,
        draft.currency,
        draft.day,
        draft.agreement,
    )
