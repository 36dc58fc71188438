"""Sentences for a price: which rule won, which lost and why."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pricing.candidate import (
    APPLIES,
    CAP,
    CURRENCY,
    DATES,
    END_BUYER,
    PROJECT,
    SELL_TO,
    STATUS,
    TIER,
    Candidate,
    Citation,
)
from pricing.choices import AgreementStatus, Mechanism, PriceSource, TierBasis
from pricing.question import PriceQuestion

STEPS = {1: PriceSource.AGREEMENT_SELL_TO, 2: PriceSource.AGREEMENT_ANY, 3: PriceSource.CONTRACT}
# plain strings: reading `.value` of an enum member costs more than the rest of an entry
MANUAL, PRICE_LIST, BASE_LIST, NONE = (
    str(step.value) for step in (PriceSource.MANUAL, PriceSource.PRICE_LIST, PriceSource.BASE_LIST, PriceSource.NONE)
)
STEP_NAMES = {number: str(step.value) for number, step in STEPS.items()}
SIX_PLACES = Decimal("0.000001")

NONE_FOUND = {
    1: "No agreement for this end buyer and this sell-to applies.",
    2: "No agreement for this end buyer and any sell-to applies.",
    3: "No contract price of the sell-to applies.",
}
NOT_IN_FORCE = {
    AgreementStatus.DRAFT: "Not approved: it is a draft.",
    AgreementStatus.SUBMITTED: "Not approved yet: it is submitted.",
    AgreementStatus.SUPERSEDED: "A later revision has taken its place.",
    AgreementStatus.CLOSED: "It was closed.",
}

AGREED = {1: "Agreed for this end buyer and this sell-to", 2: "Agreed for this end buyer", 3: "Contract price"}

Entry = dict[str, Any]


def is_manual(question: PriceQuestion) -> bool:
    price = question.override_price
    return price is not None and price >= 0 and bool(question.override_reason.strip())


def describe(
    question: PriceQuestion,
    rows: list[Candidate],
    source: PriceSource,
    chosen: Candidate | None,
    citation: Citation | None,
) -> list[Entry]:
    """The trail: an entry for every step in order, several where several agreements were looked at."""
    trail = [_manual(question)]
    agreements = _agreements(question, rows, source, chosen)
    if is_citation_unknown(question, rows):
        step, why = _unknown_citation(question, citation)
        entry = _entry(STEP_NAMES[step], applies=False, ref=question.cited_agreement, why=why)
        agreements.setdefault(step, []).append(entry)
    for step in STEPS:
        trail += agreements.get(step) or [_nothing(question, step)]
    trail.append(_list(question, rows[0], source, chosen))
    trail.append(_base(question, rows[0], source, chosen))
    if source == PriceSource.NONE:
        trail.append(_entry(NONE, applies=True, why="No step gave a price: the line is held."))
    return trail


def winning_phrase(question: PriceQuestion, head: Candidate, source: PriceSource, chosen: Candidate | None) -> str:
    """The winning rule in one phrase."""
    if chosen is not None:
        debit = " (ship and debit)" if chosen.mechanism == Mechanism.SHIP_AND_DEBIT else ""
        return f"{chosen.ref}{debit}: {source.label[0].lower()}{source.label[1:]}{_from(chosen)}"
    if source == PriceSource.MANUAL:
        return f"Manual price: {question.override_reason}"
    if source == PriceSource.PRICE_LIST:
        return f"Price list {head.list_code}, from {head.list_qty:,}"
    if source == PriceSource.BASE_LIST:
        return f"Base list {head.base_code}, from {head.base_qty:,}"
    return "No price"


def _entry(
    step: str, *, applies: bool, why: str, ref: str = "", price: Decimal | None = None, currency: str = ""
) -> Entry:
    return {
        "step": step,
        "applies": applies,
        "ref": ref,
        "price": None if price is None else str(price),
        "currency": currency,
        "why": why,
    }


def _manual(question: PriceQuestion) -> Entry:
    price = question.override_price
    if price is None:
        return NO_MANUAL
    applies, why = False, f"By hand: {question.override_reason}"
    if price < 0:
        why = "A manual price cannot be negative."
    elif not question.override_reason.strip():
        why = "A manual price needs a reason."
    else:
        applies = True
    return _entry(MANUAL, applies=applies, why=why, price=price.quantize(SIX_PLACES), currency=question.currency)


def _agreements(
    question: PriceQuestion, rows: list[Candidate], source: PriceSource, chosen: Candidate | None
) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = {}
    for row in rows:
        if row.line_id is None or (row.status == AgreementStatus.SUPERSEDED and row.verdict and not row.is_cited):
            continue
        why = _why(question, row, rows[0], source, chosen)
        found.setdefault(row.step, []).append(
            _entry(
                STEP_NAMES[row.step],
                applies=row is chosen,
                ref=row.ref,
                price=row.price,
                currency=row.currency,
                why=_about_citation(row, why),
            )
        )
    return found


def _about_citation(row: Candidate, why: str) -> str:
    if not row.is_cited:
        return why
    if row.verdict == APPLIES:
        return f"Cited by the customer and valid. {why}"
    return f"Code 01: the customer cites it, but it is not valid for this line. {why}"


def is_citation_unknown(question: PriceQuestion, rows: list[Candidate]) -> bool:
    """Whether the line cites an agreement that is none of its candidates."""
    return bool(question.cited_agreement) and not any(row.is_cited for row in rows)


def _unknown_citation(question: PriceQuestion, citation: Citation | None) -> tuple[int, str]:
    if citation is None:
        return 1, f"Code 01: there is no agreement {question.cited_agreement}."
    step = 3 if citation.names_no_end_buyer else 2 if citation.names_no_sell_to else 1
    if not citation.covers_product:
        return step, "Code 01: the customer cites it, but this product is not on it (code 03)."
    return step, f"Code 01: the customer cites it, but it is for {citation.party_name}."


def _nothing(question: PriceQuestion, step: int) -> Entry:
    return NO_END_BUYER[step] if question.end_buyer_id is None else NOT_FOUND[step]


def _why(
    question: PriceQuestion, row: Candidate, head: Candidate, source: PriceSource, chosen: Candidate | None
) -> str:
    if row.verdict != APPLIES:
        return REFUSALS[row.verdict](question, row)
    if row is chosen:
        return _terms(row)
    if source == PriceSource.MANUAL:
        return "The manual price comes first."
    if chosen is not None:
        return f"{chosen.ref} comes first: {_advantage(chosen, row)}."
    if row is head:
        return "Ship and debit charges book, but no list has a book price for this line."
    return f"{head.ref} comes first."


def _advantage(winner: Candidate, loser: Candidate) -> str:
    """The first of the ordered tie-breaks in which the two differ."""
    if winner.is_cited and not loser.is_cited:
        return "the customer cites it"
    if winner.step != loser.step:
        return "it names this sell-to" if loser.step == 2 else "an end buyer's agreement beats a contract"
    if winner.project and not loser.project:
        return f"it is for the project {winner.project}"
    if winner.is_family != loser.is_family:
        return "a product beats a family"
    if winner.seller_depth != loser.seller_depth:
        return "it names the sell-to, this one its group"
    return "it names the end buyer, this one its group"


def _terms(row: Candidate) -> str:
    left = f"; {row.left_qty:,} of {row.cap_qty:,} left" if row.cap_qty is not None else ""
    debit = ". Ship and debit: book is charged, this is the agreed cost" * (row.mechanism == Mechanism.SHIP_AND_DEBIT)
    family = " for the product's family" if row.is_family else ""
    return f"{AGREED[row.step]}{family}{_from(row)}{left}{debit}."


def _from(row: Candidate) -> str:
    if row.tier_qty <= 1:
        return ""
    return f", from {row.tier_qty:,}" + (" in all" if row.tier_basis == TierBasis.CUMULATIVE else "")


def _end_buyer(question: PriceQuestion, row: Candidate) -> str:
    if question.end_buyer_id is None:
        return f"It is for {row.party_name}; the line names no end buyer."
    return f"It is for {row.party_name}, not for this line's end buyer."


def _dates(question: PriceQuestion, row: Candidate) -> str:
    if question.on < row.valid_from:
        return f"It starts on {row.valid_from}; the price date is {question.on}."
    return f"It ended on {row.valid_to}; the price date is {question.on} (code 02)."


def _tier(question: PriceQuestion, row: Candidate) -> str:
    if row.tier_basis == TierBasis.CUMULATIVE:
        reached = row.used_qty + question.quantity
        return f"Its prices start at {row.tier_qty:,} in all; with this line it reaches {reached:,}."
    return f"Its prices start at {row.tier_qty:,}; the line is {question.quantity:,}."


def _cap(question: PriceQuestion, row: Candidate) -> str:
    if row.left_qty is None or row.left_qty <= 0:
        return f"Nothing is left of {row.cap_qty:,} (code 05)."
    return f"Only {row.left_qty:,} of {row.cap_qty:,} left; the line needs {question.quantity:,} (code 04)."


REFUSALS: dict[int, Callable[[PriceQuestion, Candidate], str]] = {
    END_BUYER: _end_buyer,
    STATUS: lambda _, row: NOT_IN_FORCE.get(AgreementStatus(row.status), "It is not in force."),
    CURRENCY: lambda question, row: f"It is in {row.currency}; the line is in {question.currency}.",
    DATES: _dates,
    PROJECT: lambda _, row: f"It is for the project {row.project}, which the line does not name.",
    SELL_TO: lambda _, row: f"It is only for the sell-to {row.party_name}.",
    TIER: _tier,
    CAP: _cap,
}


def _list(question: PriceQuestion, head: Candidate, source: PriceSource, chosen: Candidate | None) -> Entry:
    step = PRICE_LIST
    if head.list_code is None:
        why = f"No list in {question.currency} is assigned to the sell-to on {question.on}."
        return _entry(step, applies=False, why=why)
    if head.list_price is None:
        why = "The list has no price for this product, quantity and date."
        return _entry(step, applies=False, ref=head.list_code, why=why)
    why = f"From {head.list_qty:,} on" + (", assigned to its group." if head.list_depth else ".")
    if source != step:
        why = _list_lost(source, chosen)
    return _entry(
        step, applies=source == step, ref=head.list_code, price=head.list_price, currency=question.currency, why=why
    )


def _base(question: PriceQuestion, head: Candidate, source: PriceSource, chosen: Candidate | None) -> Entry:
    step = BASE_LIST
    if head.base_code is None:
        if head.list_price is not None:
            return BASE_NOT_NEEDED
        return _entry(step, applies=False, why=f"There is no base list in {question.currency}.")
    if head.base_price is None:
        why = "The list has no price for this product, quantity and date."
        return _entry(step, applies=False, ref=head.base_code, why=why)
    why = f"For everybody, from {head.base_qty:,} on."
    if head.list_price is not None:
        why = "The assigned list comes first."
    elif source != step:
        why = _list_lost(source, chosen)
    return _entry(
        step, applies=source == step, ref=head.base_code, price=head.base_price, currency=question.currency, why=why
    )


def _list_lost(source: PriceSource, chosen: Candidate | None) -> str:
    if chosen is not None and chosen.mechanism == Mechanism.SHIP_AND_DEBIT:
        return f"The book price that {chosen.ref} charges."
    if chosen is not None:
        return f"{chosen.ref} comes first."
    return "The manual price comes first."


# entries that say the same of every line are made once
NO_MANUAL = _entry(MANUAL, applies=False, why="No manual price was given.")
NOT_FOUND = {step: _entry(STEP_NAMES[step], applies=False, why=why) for step, why in NONE_FOUND.items()}
NO_END_BUYER = {
    **{step: _entry(STEP_NAMES[step], applies=False, why="The line names no end buyer.") for step in (1, 2)},
    3: NOT_FOUND[3],
}
BASE_NOT_NEEDED = _entry(BASE_LIST, applies=False, why="Not needed: the assigned list has a price.")
