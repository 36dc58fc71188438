"""The credit memo of claims: texts frozen when it is issued, amounts from its own lines and ledger rows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Sum

from channel_inventory.choices import ClaimLineState, ClaimReason, LiabilityEntry, PriceBasis
from channel_inventory.engine.claims import first_units, pieces_of, replay, unit_claim
from channel_inventory.models import Claim, ClaimCredit, ClaimLine, LiabilityLedger, PartnerTerms
from orders.documents.parties import addresses_of, letterhead, party_side
from tenancy.models import Tenant
from ui.documents.claim_credit import ClaimCreditPaper, ClaimCreditText, CreditedLine, Told
from ui.documents.letterhead import day
from ui.documents.order_acknowledgement import Side
from ui.documents.thaw import thaw
from ui.figures import EMPTY
from values.money import format_minor, format_money, format_price

RELATED = ("product", "end_buyer", "pos_line", "claim", "agreement_line__agreement")
SAMPLE = 4
CODES = dict(ClaimReason.choices)


class CreditDoesNotFoot(ValueError):
    """Lines, total and ledger of a credit memo differ: it is not printed."""


def freeze_credit(
    credit: ClaimCredit, amounts: Mapping[int, int], recovered: Mapping[int, int], tenant: Tenant
) -> dict[str, Any]:
    """What is printed, as JSON: `amounts` by line, those `recovered` among them, and what was denied of their claims
    since the last memo."""
    told = told_lines(amounts)
    rows = [row_of(number, line, amounts, recovered) for number, line in enumerate(told, 1)]
    claimed = sum(claimed_of(line, recovered) for line in told)
    claims = sorted({line.claim for line in told}, key=lambda claim: claim.pk)
    text = ClaimCreditText(
        sender=letterhead(tenant),
        sides=tuple(sides_of(credit, claims)),
        figures=tuple(figures_of(credit, told, claimed, amounts)),
        lines=tuple(rows),
        claimed_total=format_minor(claimed, credit.currency),
        codes=tuple(codes_of(told, amounts)),
        how=tuple(how_of(credit)),
    )
    return {
        "text": asdict(text),
        "claims": [claim.number for claim in claims],
        "recovered": sum(recovered.values()),
    }


def told_lines(amounts: Mapping[int, int]) -> list[ClaimLine]:
    claims = set(ClaimLine.objects.filter(pk__in=list(amounts)).values_list("claim_id", flat=True))
    earlier = ClaimLine.objects.filter(claim_id__in=claims, credit__isnull=False)
    since = earlier.aggregate(since=Max("credit__issued_at"))["since"]
    denied = ClaimLine.objects.filter(claim_id__in=claims, state=ClaimLineState.DENIED, reverses__isnull=True)
    if since is not None:
        denied = denied.filter(decided_at__gt=since)
    wanted = set(amounts) | set(denied.values_list("pk", flat=True))
    return list(ClaimLine.objects.filter(pk__in=wanted).select_related(*RELATED).order_by("pk"))


def claimed_of(line: ClaimLine, recovered: Mapping[int, int]) -> int:
    """What the partner asked for, else what the rule gave for all units sold; what is taken back, as it is."""
    if line.pk in recovered:
        return recovered[line.pk]
    if line.claimed_amount is not None:
        return line.claimed_amount
    return replay({key: value for key, value in line.receipt.items() if key != "decision"})


def row_of(number: int, line: ClaimLine, amounts: Mapping[int, int], recovered: Mapping[int, int]) -> CreditedLine:
    is_credited = line.pk in amounts
    starts, debits = unit_figures(line)
    agreement = line.agreement_line.agreement if line.agreement_line else None
    sold = f"resale {line.pos_line}, {day(line.pos_line.invoice_date)}"
    return CreditedLine(
        number=str(number),
        part=line.product.sku,
        agreement=f"{agreement.number} r{agreement.revision}" if agreement else line.pos_line.cited_agreement,
        end_buyer=line.end_buyer.name if line.end_buyer else EMPTY,
        resale=f"{prefix_of(line, recovered)}{sold}",
        quantity=f"{line.pos_line.quantity:,}",
        basis=starts,
        agreed_cost=EMPTY if line.agreed_cost is None else format_price(line.agreed_cost, line.currency),
        debit=debits,
        claimed=format_minor(claimed_of(line, recovered), line.currency),
        approved=f"{line.quantity:,}" if is_credited else "0",
        credit=format_minor(amounts.get(line.pk, 0), line.currency),
        code=code_of(line, amounts),
    )


def prefix_of(line: ClaimLine, recovered: Mapping[int, int]) -> str:
    if line.pk in recovered:
        return "credited before, taken back: "
    if "true_up" in line.receipt:
        return "trued up to what filled it: "
    return "return: " if line.reverses_id else ""


def unit_figures(line: ClaimLine) -> tuple[str, str]:
    """The price basis and the debit of a unit; a span where the units came from layers of several costs."""
    if line.agreed_cost is None:
        return EMPTY, EMPTY
    units = [piece for piece, _ in first_units(pieces_of(line.receipt), line.receipt["quantity"])]
    starts = [piece.credited_from for piece in units if piece.credited_from is not None]
    debits = [unit_claim(piece, line.agreed_cost) for piece in units]
    return span(starts, line.currency), span(debits, line.currency)


def span(prices: Sequence[Decimal], currency: str) -> str:
    if not prices:
        return EMPTY
    low, high = format_price(min(prices), currency), format_price(max(prices), currency)
    return low if low == high else f"{low} to {high}"


def code_of(line: ClaimLine, amounts: Mapping[int, int]) -> str:
    is_cut = "decision" in line.receipt
    return line.reason if line.pk not in amounts or is_cut else ""


def codes_of(lines: Sequence[ClaimLine], amounts: Mapping[int, int]) -> list[Told]:
    """Each code once a line, with the sentence of the finding; many lines of one code are told by the first ones."""
    told: dict[tuple[str, str], list[str]] = {}
    for number, line in enumerate(lines, 1):
        if code := code_of(line, amounts):
            told.setdefault((code, sentence(line, code)), []).append(str(number))
    return [Told(f"{code}, line {some(numbers)}", text) for (code, text), numbers in sorted(told.items())]


def some(numbers: Sequence[str]) -> str:
    shown = ", ".join(numbers[:SAMPLE])
    return f"{shown} and {len(numbers) - SAMPLE:,} more" if len(numbers) > SAMPLE else shown


def sentence(line: ClaimLine, code: str) -> str:
    found = next((each["message"] for each in line.findings if each["code"] == code), "")
    return f"{CODES.get(code, code)}. {found}".strip()


def sides_of(credit: ClaimCredit, claims: Sequence[Claim]) -> list[Side]:
    partner = credit.partner
    lines = [f"received {day(claim.received_on)}, file {claim.batch.file_name}" for claim in claims[:SAMPLE]]
    if len(claims) > SAMPLE:
        lines.append(f"and {len(claims) - SAMPLE:,} more")
    label, name = ("Claim", claims[0].number) if len(claims) == 1 else ("Claims", f"{len(claims)} claims")
    return [party_side("Credit to", partner, addresses_of([partner])), Side(label, name, tuple(lines))]


def figures_of(
    credit: ClaimCredit, lines: Sequence[ClaimLine], claimed: int, amounts: Mapping[int, int]
) -> list[tuple[str, str, str]]:
    in_full = sum(line.pk in amounts and not code_of(line, amounts) for line in lines)
    in_part = sum(line.pk in amounts and bool(code_of(line, amounts)) for line in lines)
    reasons = sorted({code for line in lines if (code := code_of(line, amounts))})
    share = f"{Decimal(100 * credit.total) / claimed:.1f} %" if claimed > 0 else EMPTY
    return [
        ("Credit", format_money(credit.total, credit.currency), "ship and debit"),
        ("Claimed", format_minor(claimed, credit.currency), f"{len(lines):,} lines"),
        ("Approved", share, f"{in_full:,} lines in full, {in_part:,} in part"),
        (
            "Not approved",
            format_minor(claimed - credit.total, credit.currency),
            f"reasons {', '.join(reasons)}" if reasons else "no reasons",
        ),
    ]


def how_of(credit: ClaimCredit) -> list[str]:
    terms = PartnerTerms.objects.filter(partner=credit.partner).first()
    basis = PriceBasis(terms.price_basis if terms else PriceBasis.INVENTORY_COST).label.lower()
    return [
        "Credit = (price basis − agreed cost) × approved quantity, unit by unit from the oldest goods on, rounded once "
        f"a line. Your price basis is {basis}; no unit is credited from more than it cost you after earlier credits.",
        "Each line keeps a receipt with inputs, rule versions and arithmetic; ask for it by memo and line.",
    ]


def paper_of(credit: ClaimCredit, tenant: Tenant) -> ClaimCreditPaper:
    """The document from what is stored; of loaded history, from its lines. Raises CreditDoesNotFoot."""
    if not credit.frozen:
        lines = ClaimLine.objects.filter(credit=credit)
        credit.frozen = freeze_credit(credit, dict(lines.values_list("pk", "amount")), {}, tenant)
    entries = check_foots(credit)
    return ClaimCreditPaper(
        text=thaw(ClaimCreditText, credit.frozen["text"]),
        number=credit.number,
        issued=day(credit.credit_date),
        claims="claim " + ", ".join(credit.frozen["claims"][:SAMPLE]),
        currency=credit.currency,
        total=format_minor(credit.total, credit.currency),
        entries=entries,
        made_at=credit.issued_at.astimezone(tenant.zone),
    )


def check_foots(credit: ClaimCredit) -> str:
    """The ledger rows that settled, in words."""
    rows = LiabilityLedger.objects.filter(credit=credit, entry=LiabilityEntry.SETTLE)
    found = rows.aggregate(total=Sum("claimed"), first=Min("pk"), last=Max("pk"), rows=Count("pk"))
    lines = ClaimLine.objects.filter(credit=credit).aggregate(total=Sum("amount"))["total"] or 0
    lines += credit.frozen["recovered"]
    settled = -(found["total"] or 0)
    if not settled == lines == credit.total:
        raise CreditDoesNotFoot(f"{credit.number}: total {credit.total}, lines {lines}, ledger {settled} minor units.")
    told = format_minor(-settled, credit.currency)
    return f"ledger: settle {told}, rows {found['first']:,} to {found['last']:,}"
