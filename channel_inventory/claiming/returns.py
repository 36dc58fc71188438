"""The claim line that bills a return back, with its receipt. No writes."""

import datetime as dt
from typing import Any

from channel_inventory.choices import ClaimLineState
from channel_inventory.engine.claims import Share, bill_back, price_text
from channel_inventory.models import ClaimLine, PosLine
from values.money import format_minor


def return_of(original: ClaimLine, sold: PosLine, back: PosLine, earlier: list[ClaimLine], at: dt.datetime) -> Any:
    """The line that bills a return back: its part of what is open of the original; None when nothing is."""
    before = sum(-line.receipt["bill_back"]["units"] for line in earlier if "bill_back" in line.receipt)
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


def told_of(sale: PosLine) -> dict[str, Any]:
    return {
        "pos_line": sale.pk,
        "invoice": str(sale),
        "quantity": sale.quantity,
        "resold_on": sale.invoice_date.isoformat(),
        "received_on": sale.received_on.isoformat(),
        "cited": sale.cited_agreement,
    }
