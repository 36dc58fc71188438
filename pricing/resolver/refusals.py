"""Why an agreement does not apply to a line, by the verdict of the statement."""

from collections.abc import Callable

from pricing.choices import AgreementStatus, TierBasis
from pricing.resolver.candidate import CAP, CURRENCY, DATES, END_BUYER, PROJECT, SELL_TO, STATUS, TIER, Candidate
from pricing.resolver.question import PriceQuestion

NOT_IN_FORCE = {
    AgreementStatus.DRAFT: "Not approved: it is a draft.",
    AgreementStatus.SUBMITTED: "Not approved yet: it is submitted.",
    AgreementStatus.SUPERSEDED: "A later revision has taken its place.",
    AgreementStatus.CLOSED: "It was closed.",
}


def wrong_end_buyer(question: PriceQuestion, row: Candidate) -> str:
    if question.end_buyer_id is None:
        return f"It is for {row.party_name}; the line names no end buyer."
    return f"It is for {row.party_name}, not for this line's end buyer."


def wrong_dates(question: PriceQuestion, row: Candidate) -> str:
    if question.on < row.valid_from:
        return f"It starts on {row.valid_from}; the price date is {question.on}."
    return f"It ended on {row.valid_to}; the price date is {question.on} (code 02)."


def below_tiers(question: PriceQuestion, row: Candidate) -> str:
    if row.tier_basis == TierBasis.CUMULATIVE:
        reached = row.used_qty + question.quantity
        return f"Its prices start at {row.tier_qty:,} in all; with this line it reaches {reached:,}."
    return f"Its prices start at {row.tier_qty:,}; the line is {question.quantity:,}."


def above_cap(question: PriceQuestion, row: Candidate) -> str:
    if row.left_qty is None or row.left_qty <= 0:
        return f"Nothing is left of {row.cap_qty:,} (code 05)."
    return f"Only {row.left_qty:,} of {row.cap_qty:,} left; the line needs {question.quantity:,} (code 04)."


REFUSALS: dict[int, Callable[[PriceQuestion, Candidate], str]] = {
    END_BUYER: wrong_end_buyer,
    STATUS: lambda _, row: NOT_IN_FORCE.get(AgreementStatus(row.status), "It is not in force."),
    CURRENCY: lambda question, row: f"It is in {row.currency}; the line is in {question.currency}.",
    DATES: wrong_dates,
    PROJECT: lambda _, row: f"It is for the project {row.project}, which the line does not name.",
    SELL_TO: lambda _, row: f"It is only for the sell-to {row.party_name}.",
    TIER: below_tiers,
    CAP: above_cap,
}
