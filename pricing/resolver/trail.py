"""Sentences for a price: which rule won, which lost and why."""

from pricing.choices import Mechanism, PriceSource
from pricing.resolver.agreement_entries import agreement_entries, is_citation_unknown, tier_phrase, unknown_citation
from pricing.resolver.candidate import Candidate, Citation
from pricing.resolver.entries import NONE, STEP_NAMES, STEPS, Entry, entry, manual_entry, nothing_found
from pricing.resolver.list_entries import base_entry, list_entry
from pricing.resolver.question import PriceQuestion


def describe(
    question: PriceQuestion,
    rows: list[Candidate],
    source: PriceSource,
    chosen: Candidate | None,
    citation: Citation | None,
) -> list[Entry]:
    """The trail: an entry for every step in order, several where several agreements were looked at."""
    trail = [manual_entry(question)]
    agreements = agreement_entries(question, rows, source, chosen)
    if is_citation_unknown(question, rows):
        step, why = unknown_citation(question, citation)
        unknown = entry(STEP_NAMES[step], applies=False, ref=question.cited_agreement, why=why)
        agreements.setdefault(step, []).append(unknown)
    for step in STEPS:
        trail += agreements.get(step) or [nothing_found(question, step)]
    trail.append(list_entry(question, rows[0], source, chosen))
    trail.append(base_entry(question, rows[0], source, chosen))
    if source == PriceSource.NONE:
        trail.append(entry(NONE, applies=True, why="No step gave a price: the line is held."))
    return trail


def winning_phrase(question: PriceQuestion, head: Candidate, source: PriceSource, chosen: Candidate | None) -> str:
    """The winning rule in one phrase."""
    if chosen is not None:
        debit = " (ship and debit)" if chosen.mechanism == Mechanism.SHIP_AND_DEBIT else ""
        return f"{chosen.ref}{debit}: {source.label[0].lower()}{source.label[1:]}{tier_phrase(chosen)}"
    if source == PriceSource.MANUAL:
        return f"Manual price: {question.override_reason}"
    if source == PriceSource.PRICE_LIST:
        return f"Price list {head.list_code}, from {head.list_qty:,}"
    if source == PriceSource.BASE_LIST:
        return f"Base list {head.base_code}, from {head.base_qty:,}"
    return "No price"
