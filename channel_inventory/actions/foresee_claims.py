"""What texts that wait would claim, candidate by candidate: what to certify first, and what is at stake."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from channel_inventory import statements
from channel_inventory.certification.rates import rates_into
from channel_inventory.choices import WAITING_TEXTS
from channel_inventory.claiming.valuation import work_out_candidates
from channel_inventory.models import ReportedEndBuyer, TextForecast
from jobs.actions.request_job import request_job
from jobs.models import JobRequest
from parties.suggestions import suggest_parties
from tenancy.models import Member, Tenant
from tenancy.scope import current_tenant_id

FORESEE = "foresee_claims"
CHUNK = 2_000


class Asked(NamedTuple):
    text_id: int
    party_id: int
    likeness: Decimal


def request_forecast(*, batch_id: int, by: Member | None, at: dt.datetime) -> JobRequest:
    """Ask for the forecast of the texts that a report leaves open; it takes longer than a person waits for a report."""
    key = f"{batch_id}:{at.isoformat()}"
    return request_job(kind=FORESEE, unique_key=key, payload={"batch_id": batch_id}, by=by, at=at)


@transaction.atomic
def foresee_claims(*, at: dt.datetime, batch_id: int | None = None, text_ids: Sequence[int] | None = None) -> int:
    """Reckon anew what waiting texts would claim: those of a report, these, or all. How many have a candidate.

    By the rules that value certified sales, as if each candidate were the end buyer; nothing is claimed by it.
    """
    wanted = ReportedEndBuyer.objects.filter(state__in=WAITING_TEXTS)
    if batch_id is not None:
        wanted = wanted.filter(pos_lines__batch_id=batch_id).distinct()
    if text_ids is not None:
        wanted = wanted.filter(pk__in=text_ids)
    names = list(wanted.order_by("pk").values_list("pk", "normalised_name"))
    tenant = Tenant.objects.get(pk=current_tenant_id())
    forget([pk for pk, _ in names] if batch_id is not None or text_ids is not None else None)
    rates = rates_into(tenant.currency, tenant.today(at))
    starts = range(0, len(names), CHUNK)
    return sum(foresee_some(dict(names[start : start + CHUNK]), rates, at) for start in starts)


def forget(text_ids: Sequence[int] | None) -> None:
    """Of all: those of texts that were decided since go, too."""
    earlier = TextForecast.objects.all()
    (earlier if text_ids is None else earlier.filter(text_id__in=text_ids)).delete()


def foresee_some(names: Mapping[int, str], rates: Mapping[str, Decimal], at: dt.datetime) -> int:
    by_place: dict[int, list[Asked]] = defaultdict(list)
    for text_id, found in suggest_parties(names).items():
        for place, each in enumerate(found, 1):
            by_place[place].append(Asked(text_id, each.party_id, each.score))
    for place, asked in sorted(by_place.items()):
        text_ids, party_ids, likeness = (list(column) for column in zip(*asked, strict=True))
        work_out_candidates(text_ids, party_ids)
        statements.do(
            "write_forecasts",
            place=place,
            texts=text_ids,
            parties=party_ids,
            likeness=likeness,
            currencies=list(rates),
            rates=list(rates.values()),
            at=at,
        )
    return len(by_place[1])
