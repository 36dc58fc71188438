"""What the price lists say of a line."""

from pricing.choices import Mechanism, PriceSource
from pricing.resolver.candidate import Candidate
from pricing.resolver.entries import BASE_LIST, PRICE_LIST, Entry, entry
from pricing.resolver.question import PriceQuestion


def list_entry(question: PriceQuestion, head: Candidate, source: PriceSource, chosen: Candidate | None) -> Entry:
    step = PRICE_LIST
    if head.list_code is None:
        why = f"No list in {question.currency} is assigned to the sell-to on {question.on}."
        return entry(step, applies=False, why=why)
    if head.list_price is None:
        why = "The list has no price for this product, quantity and date."
        return entry(step, applies=False, ref=head.list_code, why=why)
    why = f"From {head.list_qty:,} on" + (", assigned to its group." if head.list_depth else ".")
    if source != step:
        why = list_lost(source, chosen)
    return entry(
        step, applies=source == step, ref=head.list_code, price=head.list_price, currency=question.currency, why=why
    )


def base_entry(question: PriceQuestion, head: Candidate, source: PriceSource, chosen: Candidate | None) -> Entry:
    step = BASE_LIST
    if head.base_code is None:
        if head.list_price is not None:
            return BASE_NOT_NEEDED
        return entry(step, applies=False, why=f"There is no base list in {question.currency}.")
    if head.base_price is None:
        why = "The list has no price for this product, quantity and date."
        return entry(step, applies=False, ref=head.base_code, why=why)
    why = f"For everybody, from {head.base_qty:,} on."
    if head.list_price is not None:
        why = "The assigned list comes first."
    elif source != step:
        why = list_lost(source, chosen)
    return entry(
        step, applies=source == step, ref=head.base_code, price=head.base_price, currency=question.currency, why=why
    )


def list_lost(source: PriceSource, chosen: Candidate | None) -> str:
    if chosen is not None and chosen.mechanism == Mechanism.SHIP_AND_DEBIT:
        return f"The book price that {chosen.ref} charges."
    if chosen is not None:
        return f"{chosen.ref} comes first."
    return "The manual price comes first."


BASE_NOT_NEEDED = entry(BASE_LIST, applies=False, why="Not needed: the assigned list has a price.")
