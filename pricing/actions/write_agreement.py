"""Rows of one revision, from a draft."""

from dataclasses import asdict
from typing import Any

from pricing.agreements.drafts import AgreementDraft, LineDraft
from pricing.models import Agreement, AgreementLine

SHARED = ("mechanism", "end_buyer_id", "sell_to_id", "project", "currency", "valid_from", "valid_to")


def header_values(draft: AgreementDraft) -> dict[str, Any]:
    return {name: value for name, value in asdict(draft).items() if name != "lines"}


def make_line(agreement: Agreement, line: LineDraft, *, is_in_force: bool = False) -> AgreementLine:
    """An unsaved line that repeats the facts of its header."""
    return AgreementLine(
        agreement=agreement,
        product_id=line.product_id,
        family_id=line.family_id,
        min_qtys=[start for start, _ in line.tiers],
        prices=[price for _, price in line.tiers],
        tier_basis=line.tier_basis,
        cap_qty=line.cap_qty,
        book_price=line.book_price,
        is_in_force=is_in_force,
        **{name: getattr(agreement, name) for name in SHARED},
    )


def write_agreement(draft: AgreementDraft, *, revision: int) -> Agreement:
    agreement = Agreement.objects.create(revision=revision, **header_values(draft))
    AgreementLine.objects.bulk_create(make_line(agreement, line) for line in draft.lines)
    return agreement
