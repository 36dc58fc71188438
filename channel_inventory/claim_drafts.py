"""From what is known about a sale to the claim line it earns, with its receipt. No writes."""

import datetime as dt
from typing import Any

from channel_inventory.choices import ClaimLineState
from channel_inventory.claim_facts import Facts, pieces_for
from channel_inventory.engine.claims import Piece, Share, bill_back, claim_amount, piece_json, price_text, steps
from channel_inventory.findings import findings_of, reason_of
from channel_inventory.models import ClaimLine, PosLine
from values.money import format_minor


def draft_of(facts: Facts, at: dt.datetime) -> ClaimLine | None:
    """The claim line of a certified sale, not written yet and without its claim; None where nothing is claimed."""
    if not facts.is_claimed:
        return None
    sale, agreement = facts.sale, facts.agreement
    pieces = pieces_for(facts)
    amount = claim_amount(pieces, agreement.price, agreement.currency, sale.quantity) if agreement else 0
    findings = findings_of(facts, pieces, amount)
    return ClaimLine(
        pos_line_id=sale.pk,
        partner_id=sale.partner_id,
        end_buyer_id=sale.end_buyer_id,
        product_id=sale.product_id,
        agreement_line_id=agreement.line_id if agreement else None,
        quantity=sale.quantity,
        agreed_cost=agreement.price if agreement else None,
        currency=facts.currency,
        amount=amount,
        claimed_amount=sale.claimed_amount,
        reason=reason_of(findings),
        findings=[each.as_json() for each in findings],
        receipt=receipt_of(facts, pieces, at),
        created_at=at,
    )


def receipt_of(facts: Facts, pieces: list[Piece], at: dt.datetime) -> dict[str, Any]:
    """Every input, rule version and step: `engine.claims.replay` gives the amount from it alone."""
    sale, agreement = facts.sale, facts.agreement
    receipt: dict[str, Any] = {
        "sale": {
            **told_of(sale),
            "sku": sale.product.sku,
            "end_buyer": sale.end_buyer_id,
            "end_buyer_name": sale.end_buyer.name if sale.end_buyer else "",
        },
        "valued_at": at.isoformat(),
        "quantity": sale.quantity,
        "currency": facts.currency,
        "price_basis": str(facts.terms.price_basis),
        "claim_days": facts.terms.claim_days,
        "agreed_cost": price_text(agreement.price) if agreement else None,
        "pieces": [piece_json(piece) for piece in pieces],
    }
    if agreement is None:
        return {**receipt, "agreement": None, "steps": ["No agreement applies: nothing is claimed."]}
    receipt["agreement"] = {
        "number": agreement.number,
        "revision": agreement.revision,
        "agreement_id": agreement.agreement_id,
        "line": agreement.line_id,
        "valid_from": agreement.valid_from.isoformat(),
        "valid_to": agreement.valid_to.isoformat(),
        "tier_from": agreement.tier_qty,
        "tier_basis": agreement.tier_basis,
        "is_cited": agreement.is_cited,
        "cap": agreement.cap_qty,
        "left": agreement.left_qty,
    }
    return {**receipt, "steps": steps(pieces, agreement.price, facts.currency, sale.quantity)}


def told_of(sale: PosLine) -> dict[str, Any]:
    return {
        "pos_line": sale.pk,
        "invoice": str(sale),
        "quantity": sale.quantity,
        "resold_on": sale.invoice_date.isoformat(),
        "received_on": sale.received_on.isoformat(),
        "cited": sale.cited_agreement,
    }


def is_same_claim(old: ClaimLine, new: ClaimLine) -> bool:
    """Whether valuing a sale again gave what was there: then nothing is written. What is left of a cap does not
    count, as long as it changes no finding."""
    return essence(old) == essence(new)


def essence(line: ClaimLine) -> tuple[Any, ...]:
    found = [(each["code"], each["is_denial"]) for each in line.findings if not each.get("by_hand")]
    terms = (line.end_buyer_id, line.agreement_line_id, line.currency, line.agreed_cost, line.claimed_amount)
    return line.amount, line.quantity, terms, found, line.receipt["pieces"]


def return_of(original: ClaimLine, sold: PosLine, back: PosLine, earlier: list[ClaimLine], at: dt.datetime) -> Any:
    """The line that bills a return back: its part of what is open of the original; None when nothing is."""
    before = sum(-line.receipt["bill_back"]["units"] for line in earlier)
    share = Share(
        amount=original.amount + sum(line.amount for line in earlier),
        covered=original.quantity + sum(line.quantity for line in earlier),
        consumed=original.consumed_qty + sum(line.consumed_qty for line in earlier),
        sold=sold.quantity + before,
    )
    units, amount, covered, consumed = bill_back(share, -back.quantity)
    if not units:
        return None
    is_approved = original.state == ClaimLineState.APPROVED
    return ClaimLine(
        claim_id=original.claim_id,
        pos_line_id=back.pk,
        partner_id=original.partner_id,
        end_buyer_id=original.end_buyer_id,
        product_id=original.product_id,
        agreement_line_id=original.agreement_line_id,
        quantity=covered,
        agreed_cost=original.agreed_cost,
        currency=original.currency,
        amount=amount,
        state=ClaimLineState.APPROVED if is_approved else ClaimLineState.PENDING,
        reason=original.reason,
        findings=original.findings,
        receipt=return_receipt(original, back, share, -units, amount, at),
        consumed_qty=consumed if is_approved else 0,
        reverses=original,
        created_at=at,
    )


def return_receipt(
    original: ClaimLine, back: PosLine, share: Share, units: int, amount: int, at: dt.datetime
) -> dict[str, Any]:
    value = format_minor(share.amount, original.currency)
    told = format_minor(amount, original.currency)
    return {
        "sale": {**original.receipt["sale"], **told_of(back)},
        "valued_at": at.isoformat(),
        "quantity": -units,
        "currency": original.currency,
        "agreed_cost": price_text(original.agreed_cost),
        "agreement": original.receipt.get("agreement"),
        "pieces": [],
        "bill_back": {
            "claim_line": original.pk,
            "units": units,
            "open_units": share.sold,
            "open_amount": share.amount,
        },
        "steps": [f"{units:,} of {share.sold:,} units came back: {value} × {units:,} ÷ {share.sold:,} = {told}."],
    }
