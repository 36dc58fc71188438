"""What agreements say of a line: the one that won, those that lost, and the one that the customer cites."""

from pricing.choices import AgreementStatus, Mechanism, PriceSource, TierBasis
from pricing.resolver.candidate import APPLIES, Candidate, Citation
from pricing.resolver.entries import STEP_NAMES, Entry, entry
from pricing.resolver.question import PriceQuestion
from pricing.resolver.refusals import REFUSALS

AGREED = {1: "Agreed for this end buyer and this sell-to", 2: "Agreed for this end buyer", 3: "Contract price"}


def agreement_entries(
    question: PriceQuestion, rows: list[Candidate], source: PriceSource, chosen: Candidate | None
) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = {}
    for row in rows:
        if row.line_id is None or (row.status == AgreementStatus.SUPERSEDED and row.verdict and not row.is_cited):
            continue
        why = verdict_phrase(question, row, rows[0], source, chosen)
        found.setdefault(row.step, []).append(
            entry(
                STEP_NAMES[row.step],
                applies=row is chosen,
                ref=row.ref,
                price=row.price,
                currency=row.currency,
                why=about_citation(row, why),
            )
        )
    return found


def about_citation(row: Candidate, why: str) -> str:
    if not row.is_cited:
        return why
    if row.verdict == APPLIES:
        return f"Cited by the customer and valid. {why}"
    return f"Code 01: the customer cites it, but it is not valid for this line. {why}"


def is_citation_unknown(question: PriceQuestion, rows: list[Candidate]) -> bool:
    """Whether the line cites an agreement that is none of its candidates."""
    return bool(question.cited_agreement) and not any(row.is_cited for row in rows)


def unknown_citation(question: PriceQuestion, citation: Citation | None) -> tuple[int, str]:
    if citation is None:
        return 1, f"Code 01: there is no agreement {question.cited_agreement}."
    step = 3 if citation.names_no_end_buyer else 2 if citation.names_no_sell_to else 1
    if not citation.covers_product:
        return step, "Code 01: the customer cites it, but this product is not on it (code 03)."
    return step, f"Code 01: the customer cites it, but it is for {citation.party_name}."


def verdict_phrase(
    question: PriceQuestion, row: Candidate, head: Candidate, source: PriceSource, chosen: Candidate | None
) -> str:
    if row.verdict != APPLIES:
        return REFUSALS[row.verdict](question, row)
    if row is chosen:
        return terms_phrase(row)
    if source == PriceSource.MANUAL:
        return "The manual price comes first."
    if chosen is not None:
        return f"{chosen.ref} comes first: {advantage(chosen, row)}."
    if row is head:
        return "Ship and debit charges book, but no list has a book price for this line."
    return f"{head.ref} comes first."


def advantage(winner: Candidate, loser: Candidate) -> str:
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


def terms_phrase(row: Candidate) -> str:
    left = f"; {row.left_qty:,} of {row.cap_qty:,} left" if row.cap_qty is not None else ""
    debit = ". Ship and debit: book is charged, this is the agreed cost" * (row.mechanism == Mechanism.SHIP_AND_DEBIT)
    family = " for the product's family" if row.is_family else ""
    return f"{AGREED[row.step]}{family}{tier_phrase(row)}{left}{debit}."


def tier_phrase(row: Candidate) -> str:
    if row.tier_qty <= 1:
        return ""
    return f", from {row.tier_qty:,}" + (" in all" if row.tier_basis == TierBasis.CUMULATIVE else "")
