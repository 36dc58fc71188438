"""End buyers that a text may mean, each with what speaks for it and against it. A person chooses."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from channel_inventory.certification.forecasts import Forecast, forecasts_of
from channel_inventory.choices import PosState, TextState
from channel_inventory.models import PosLine, ReportedEndBuyer
from orders.lookup.options import party_options
from parties.addresses import Address, agrees
from parties.choices import PartyRole
from parties.end_buyers import known_places
from parties.models import Party
from parties.suggestions import MOST, suggest_parties
from pricing.choices import AgreementStatus
from pricing.models import Agreement
from values.text import normalise_name

MOST_NAMES = 3
GOOD, WARN, BAD = "good", "warn", "bad"
# as like as that, a person rarely says no
VERY_LIKE, RATHER_LIKE = 85, 60
YEAR, MONTHS = dt.timedelta(days=365), 12
NAMED = dict[int, list[str]]


@dataclass(frozen=True, slots=True)
class Evidence:
    label: str
    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`score` is the likeness of the names in per cent; None where it was looked up by what somebody typed.

    `forecast` is what the text would claim as this party, where that was reckoned.
    """

    party: Party
    score: int | None
    evidence: list[Evidence]
    forecast: Forecast | None = None


def candidates_of(text: ReportedEndBuyer, *, on: dt.date, typed: str = "") -> list[Candidate]:
    """At most five, the likest first; those that `typed` may mean where something was typed. Eight statements."""
    scores = typed_scores(typed) if typed else scores_of(text.pk, text.normalised_name)
    parties = Party.objects.in_bulk(list(scores))
    found = [parties[pk] for pk in scores if pk in parties]
    if not found:
        return []
    ids = [party.pk for party in found]
    places, called, agreed = known_places(ids), names_at(text.partner_id, ids), agreements_at(text.partner_id, ids, on)
    bought, forecasts = bought_at(text.partner_id, ids, on), forecasts_of(text.pk)
    said = Address(text.city, text.postcode, text.country)
    return [
        Candidate(
            party,
            score := percent(scores[party.pk]),
            [
                *([name_evidence(score)] if score is not None else []),
                place_evidence(said, places[party.pk]),
                listed("called", called[party.pk]),
                history_evidence(bought.get(party.pk, 0)),
                listed("agreement", agreed[party.pk]),
                *claim_evidence(forecasts.get(party.pk)),
            ],
            forecasts.get(party.pk),
        )
        for party in found
    ]


def scores_of(key: int, name: str) -> dict[int, Decimal | None]:
    return {each.party_id: each.score for each in suggest_parties({key: name})[key]}


def typed_scores(typed: str) -> dict[int, Decimal | None]:
    """What begins with it or has it within goes before what is like it."""
    codes = [option.value for option in party_options(typed, role=PartyRole.END_BUYER)]
    by_code = dict(Party.objects.filter(code__in=codes).values_list("code", "pk"))
    started: dict[int, Decimal | None] = {by_code[code]: None for code in codes if code in by_code}
    return dict(list({**started, **scores_of(0, normalise_name(typed))}.items())[:MOST])


def percent(score: Decimal | None) -> int | None:
    return None if score is None else round(score * 100)


def name_evidence(score: int) -> Evidence:
    return Evidence("name", f"{score} % alike", GOOD if score >= VERY_LIKE else WARN if score < RATHER_LIKE else "")


def place_evidence(said: Address, known: Sequence[Address]) -> Evidence:
    fitting = [place for place in known if agrees(said, place)]
    if not any((said.city, said.postcode, said.country)):
        return Evidence("place", f"{spelt(known[0])}; nothing was reported" if known else "")
    if fitting:
        return Evidence("place", f"agrees: {spelt(fitting[0])}", GOOD)
    return Evidence("place", "differs: " + "; ".join(spelt(place) for place in known[:MOST_NAMES]), BAD)


def spelt(place: Address) -> str:
    return ", ".join(filter(None, (place.city, place.postcode, place.country)))


def listed(label: str, words: Sequence[str]) -> Evidence:
    more = f" and {len(words) - MOST_NAMES} more" if len(words) > MOST_NAMES else ""
    return Evidence(label, ", ".join(words[:MOST_NAMES]) + more if words else "none", GOOD if words else "")


def history_evidence(months: int) -> Evidence:
    return Evidence(
        "history", f"bought here in {months} of the last 12 months" if months else "none", GOOD if months else ""
    )


def claim_evidence(forecast: Forecast | None) -> list[Evidence]:
    return [] if forecast is None else [Evidence("claim", forecast.words, GOOD if forecast.sums else "")]


def bought_at(partner_id: int, party_ids: Sequence[int], on: dt.date) -> dict[int, int]:
    """In how many months of the last year each bought from the partner. By pos_line_of_end_buyer."""
    lines = PosLine.objects.filter(
        end_buyer_id__in=party_ids, partner_id=partner_id, state=PosState.CURRENT, invoice_date__gt=on - YEAR,
        invoice_date__lte=on, quantity__gt=0,
    )  # fmt: skip
    months = lines.order_by().values("end_buyer_id").annotate(months=Count(TruncMonth("invoice_date"), distinct=True))
    return {pk: min(count, MONTHS) for pk, count in months.values_list("end_buyer_id", "months") if pk}


def names_at(partner_id: int, party_ids: Sequence[int]) -> NAMED:
    """What the partner called them before. By reported_end_buyer_of_party."""
    found: NAMED = defaultdict(list)
    texts = ReportedEndBuyer.objects.filter(
        party_id__in=party_ids, partner_id=partner_id, state=TextState.CERTIFIED
    ).order_by("name", "pk")
    for party_id, name in texts.values_list("party_id", "name"):
        if name not in found[party_id]:
            found[party_id].append(name)
    return found


def agreements_at(partner_id: int, party_ids: Sequence[int], on: dt.date) -> NAMED:
    """Numbers of agreements approved for them at this partner, or at any. By agreement_of_end_buyer."""
    found: NAMED = defaultdict(list)
    at_partner = Q(sell_to_id=partner_id) | Q(sell_to__isnull=True)
    approved = Agreement.objects.filter(
        at_partner, end_buyer_id__in=party_ids, status=AgreementStatus.APPROVED, valid_from__lte=on, valid_to__gte=on
    )
    for party_id, number in approved.order_by("number").values_list("end_buyer_id", "number"):
        found[party_id or 0].append(number)
    return found
