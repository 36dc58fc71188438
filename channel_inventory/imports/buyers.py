"""Who the end buyers of a report would be, and what was agreed for them: for the preview, and for the warning of a
resale below the agreed cost. Certification decides again when the report is taken.
"""

from collections.abc import Mapping, Sequence

from channel_inventory.choices import TextState
from channel_inventory.draft import PosDraft
from channel_inventory.models import ReportedEndBuyer
from exchange.choices import RowChange
from exchange.rows import Row
from parties.matching import PartyMatch, match_reported
from pricing.choices import Mechanism
from pricing.models import AgreementLine
from pricing.resolver import PriceQuestion, resolve_prices


def foresee_buyers(rows: Sequence[Row]) -> None:
    """`ids["end_buyer"]` of the rows whose end buyer is certified already, or is known by code, alias or name."""
    drafts = [row.subject for row in rows]
    decided = certified_texts(drafts)
    asked = {(text, d.partner_id) for d in drafts if d.text.is_named for text in (d.text.code, d.text.name) if text}
    matches = match_reported(asked)
    for row in rows:
        draft: PosDraft = row.subject
        party_id = decided.get((draft.partner_id, draft.text_key)) or matched(draft, matches)
        if party_id:
            row.ids["end_buyer"] = party_id


def certified_texts(drafts: Sequence[PosDraft]) -> dict[tuple[int, str], int]:
    stored = ReportedEndBuyer.objects.filter(
        partner_id__in={draft.partner_id for draft in drafts},
        text_key__in={draft.text_key for draft in drafts},
        state=TextState.CERTIFIED,
    )
    rows = stored.values_list("partner_id", "text_key", "party_id")
    return {(partner_id, key): party_id for partner_id, key, party_id in rows if party_id}


def matched(draft: PosDraft, matches: Mapping[tuple[str, int | None], PartyMatch]) -> int | None:
    if not draft.text.is_named:
        return None
    by_code = matches.get((draft.text.code, draft.partner_id))
    by_name = matches.get((draft.text.name, draft.partner_id))
    if by_code and by_code.method != "name" and by_code.party_id:
        return by_code.party_id
    return by_name.party_id if by_name else None


def foresee_claims(rows: Sequence[Row]) -> None:
    """`ids["agreement_line"]` of the rows that a ship-and-debit agreement covers; warn where less was charged."""
    claimable = [row for row in rows if is_claimable(row)]
    agreed = AgreementLine.objects.filter(mechanism=Mechanism.SHIP_AND_DEBIT, is_in_force=True)
    if not claimable or not agreed.exists():
        return
    distinct: dict[PriceQuestion, int] = {}
    for row in claimable:
        distinct.setdefault(asked_of(row), len(distinct))
    answers = resolve_prices(list(distinct))
    for row in claimable:
        answer = answers[distinct[asked_of(row)]]
        if answer.agreed_cost is None or answer.agreement_line_id is None:
            continue
        row.ids["agreement_line"] = answer.agreement_line_id
        price, agreed_cost = row.subject.price, answer.agreed_cost
        if price < agreed_cost:
            message = f"Resold at {price:f} each, below the agreed cost of {agreed_cost.normalize():f}."
            row.warn("resale_price", "below_agreed_cost", message)


def is_claimable(row: Row) -> bool:
    return "end_buyer" in row.ids and not row.subject.is_return and row.change != RowChange.UNCHANGED


def asked_of(row: Row) -> PriceQuestion:
    draft: PosDraft = row.subject
    return PriceQuestion(
        key=0,
        sell_to_id=draft.partner_id,
        end_buyer_id=row.ids["end_buyer"],
        product_id=draft.product_id,
        quantity=draft.quantity,
        currency=draft.currency,
        on=draft.day,
        cited_agreement=draft.agreement,
    )
