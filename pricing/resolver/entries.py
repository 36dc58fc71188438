"""Entries of a trail, one for a step or for an agreement that was looked at."""

from decimal import Decimal
from typing import Any

from pricing.choices import PriceSource
from pricing.resolver.question import PriceQuestion

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

Entry = dict[str, Any]


def is_manual(question: PriceQuestion) -> bool:
    price = question.override_price
    return price is not None and price >= 0 and bool(question.override_reason.strip())


def entry(
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


def manual_entry(question: PriceQuestion) -> Entry:
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
    return entry(MANUAL, applies=applies, why=why, price=price.quantize(SIX_PLACES), currency=question.currency)


def nothing_found(question: PriceQuestion, step: int) -> Entry:
    return NO_END_BUYER[step] if question.end_buyer_id is None else NOT_FOUND[step]


# entries that say the same of every line are made once
NO_MANUAL = entry(MANUAL, applies=False, why="No manual price was given.")
NOT_FOUND = {step: entry(STEP_NAMES[step], applies=False, why=why) for step, why in NONE_FOUND.items()}
NO_END_BUYER = {
    **{step: entry(STEP_NAMES[step], applies=False, why="The line names no end buyer.") for step in (1, 2)},
    3: NOT_FOUND[3],
}
