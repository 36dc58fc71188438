"""The X12 901 reasons of one sale, one after the other in Python: what `claim_findings.sql` finds for all at once."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from channel_inventory.choices import ClaimReason
from channel_inventory.engine.claims import Piece, first_units
from tests.channel_inventory.claims.oracle import (
    AFTER_END,
    BEFORE_START,
    BELOW_TIER,
    NOT_IN_FORCE,
    NOTHING_LEFT,
    PARTNER,
    PROJECT,
    Facts,
    Match,
)
from values.money import format_minor, format_price, to_minor


class Finding(NamedTuple):
    code: str
    message: str
    is_denial: bool

    def as_json(self) -> dict[str, Any]:
        return {"code": str(self.code), "message": self.message, "is_denial": self.is_denial}


def findings_of(facts: Facts, pieces: Sequence[Piece], amount: int) -> list[Finding]:
    """In the order in which they are told; denials first."""
    found = [*of_authorisation(facts), *of_time(facts), *of_cap(facts), *of_twins(facts)]
    if facts.agreement:
        found += [*of_cost(facts, pieces, facts.agreement, amount), *of_claimed(facts, pieces, amount)]
    return sorted(found, key=lambda each: not each.is_denial)


def reason_of(findings: Sequence[Finding]) -> str:
    return str(findings[0].code) if findings else ""


def of_authorisation(facts: Facts) -> list[Finding]:
    """A cited authorisation that does not hold is only a warning where another agreement does."""
    agreement, cited = facts.agreement, facts.sale.cited_agreement
    if agreement is not None and (not cited or agreement.is_cited):
        return []
    if not cited:
        return [near_miss(facts)]
    found = about_cited(facts)
    if agreement is None:
        return [found]
    told = f"{found.message} Valued by {agreement.ref} instead."
    return [Finding(ClaimReason.INVALID_AUTHORISATION, told, is_denial=False)]


def about_cited(facts: Facts) -> Finding:
    number = facts.sale.cited_agreement
    if facts.cited is not None:
        return refused(facts, facts.cited, ended=ClaimReason.EXPIRED)
    if facts.cited_elsewhere is None:
        return denial(ClaimReason.INVALID_AUTHORISATION, f"There is no authorisation {number}.")
    is_debit, covers = facts.cited_elsewhere
    if not is_debit:
        return denial(ClaimReason.INVALID_AUTHORISATION, f"{number} is not ship and debit.")
    if not covers:
        return denial(ClaimReason.PRODUCT_NOT_ON_IT, f"This part is not on {number}.")
    return denial(ClaimReason.CUSTOMER_WRONG, f"{number} is for another end buyer.")


def near_miss(facts: Facts) -> Finding:
    if facts.best is None:
        return denial(ClaimReason.CUSTOMER_WRONG, "No authorisation for this end buyer and part.")
    return refused(facts, facts.best, ended=ClaimReason.DATE_AFTER_END)


def refused(facts: Facts, match: Match, *, ended: ClaimReason) -> Finding:
    sold = facts.sale.invoice_date
    told = {
        BEFORE_START: (ClaimReason.DATE_BEFORE_START, f"{match.ref} starts on {match.valid_from}; resold on {sold}."),
        AFTER_END: (ended, f"{match.ref} ended on {match.valid_to}; resold on {sold}."),
        PARTNER: (ClaimReason.INVALID_AUTHORISATION, f"{match.ref} is another partner's."),
        PROJECT: (ClaimReason.INVALID_AUTHORISATION, f"{match.ref} is for a project and has to be cited."),
        NOT_IN_FORCE: (ClaimReason.INVALID_AUTHORISATION, f"{match.ref} is not in force."),
        BELOW_TIER: (ClaimReason.INVALID_AUTHORISATION, f"{match.ref} starts at {match.tier_qty:,}."),
        NOTHING_LEFT: (ClaimReason.NOTHING_LEFT, f"Nothing is left of {match.ref}."),
    }
    code, message = told.get(
        match.verdict, (ClaimReason.INVALID_AUTHORISATION, f"{match.ref} comes after a nearer one.")
    )
    return denial(code, message)


def of_time(facts: Facts) -> list[Finding]:
    late = (facts.sale.received_on - facts.sale.invoice_date).days
    if late <= facts.terms.claim_days:
        return []
    told = f"Claimed {late:,} days after the resale; the partner has {facts.terms.claim_days:,}."
    return [denial(ClaimReason.TOO_LATE, told)]


def of_cap(facts: Facts) -> list[Finding]:
    match = facts.agreement
    if match is None or match.cap_qty is None or match.left_qty is None:
        return []
    if match.left_qty <= 0:
        return [denial(ClaimReason.NOTHING_LEFT, f"Nothing is left of the {match.cap_qty:,} of {match.ref}.")]
    if match.left_qty >= facts.sale.quantity:
        return []
    told = f"{match.left_qty:,} of {match.cap_qty:,} are left of {match.ref}; {facts.sale.quantity:,} were sold."
    return [warning(ClaimReason.QUANTITY_EXCEEDED, told)]


def of_twins(facts: Facts) -> list[Finding]:
    found = []
    same = f"invoice {facts.sale.invoice_number}, part, day, customer and quantity are the same"
    if facts.is_twin_claimed:
        found.append(denial(ClaimReason.DUPLICATE_CLAIM, f"Claimed by an earlier report: {same}."))
    if facts.is_twin:
        found.append(warning(ClaimReason.DUPLICATE_LINE, f"Looks like an earlier line of this report: {same}."))
    return found


def of_cost(facts: Facts, pieces: Sequence[Piece], agreement: Match, amount: int) -> list[Finding]:
    foreign = sorted({row.currency for row in facts.costs if row.currency != facts.currency})
    if foreign:
        told = f"The cost is in {', '.join(foreign)}, {agreement.ref} in {facts.currency}: somebody has to look."
        return [denial(ClaimReason.PENDING_REVIEW, told)]
    known = sum(piece.quantity for piece in pieces if piece.basis is not None)
    if known < facts.sale.quantity:
        told = f"For {facts.sale.quantity - known:,} of {facts.sale.quantity:,} units the price basis is not known."
        return [denial(ClaimReason.DATA_MISSING, told)]
    found = []
    if not amount:
        told = f"The agreed cost of {format_price(agreement.price, facts.currency)} is not below what they cost."
        found.append(denial(ClaimReason.NOT_BELOW_BOOK, told))
    beyond = sum(piece.quantity for piece in pieces if piece.layer_id is None)
    if beyond:
        told = f"{beyond:,} units are beyond the stock we know of, and count at the book price of their day."
        found.append(warning(ClaimReason.PENDING_REVIEW, told))
    return found


def of_claimed(facts: Facts, pieces: Sequence[Piece], amount: int) -> list[Finding]:
    """What the partner asks for, beside what we reckon. Ours is credited."""
    asked = facts.sale.claimed_amount
    if asked is None or asked == amount or facts.sale.currency != facts.currency or facts.agreement is None:
        return []
    told = (
        f"The partner claims {format_minor(asked, facts.currency)}, "
        f"we reckon {format_minor(amount, facts.currency)} {facts.currency}."
    )
    if asked in other_bases(facts, pieces, facts.agreement.price):
        return [warning(ClaimReason.CATALOGUE_COST_WRONG, f"{told} Theirs starts from another cost.")]
    return [warning(ClaimReason.SPECIAL_COST_WRONG, told)]


def other_bases(facts: Facts, pieces: Sequence[Piece], agreed: Decimal) -> set[int]:
    """What the claim would be from one cost for all units: any that a layer has, before credits or after."""
    starts = {cost for piece in pieces for cost in (piece.unit_cost, piece.net_cost, piece.basis)}
    starts |= {facts.book_price, facts.agreement.book_price if facts.agreement else None}
    units = sum(part for _, part in first_units(pieces, facts.sale.quantity))
    return {to_minor((start - agreed) * units, facts.currency) for start in starts if start is not None}


def denial(code: ClaimReason, message: str) -> Finding:
    return Finding(code, message, is_denial=True)


def warning(code: ClaimReason, message: str) -> Finding:
    return Finding(code, message, is_denial=False)
