import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from channel_inventory.choices import WAITING_TEXTS
from channel_inventory.models import ReportedEndBuyer
from parties.addresses import Address
from parties.end_buyers import EndBuyerQuestion, resolve_end_buyers
from tenancy.scope import current_tenant_id
from values.sql import load


@dataclass(frozen=True, slots=True)
class CertifiedTexts:
    """How many texts were certified by code, by alias and by name, how many still wait, which lines got a buyer.

    These may be lines of earlier reports, too: what certifies a text now had not been known then.
    """

    code: int
    alias: int
    name: int
    waiting: int
    lines: list[int]


@transaction.atomic
def certify_texts(*, text_ids: Sequence[int], at: dt.datetime) -> CertifiedTexts:
    """Certify what code, learnt alias, or name and address tell without doubt; the rest waits for a person.

    Lines of texts that were certified before are given their end buyer too. What was rejected stays rejected. Five
    statements, whatever the number of texts and lines.
    """
    ids = sorted(set(text_ids))
    texts = ReportedEndBuyer.objects.select_for_update(of=("self",), no_key=True)
    waiting = list(texts.filter(pk__in=ids, state__in=WAITING_TEXTS).order_by("pk"))
    matches = resolve_end_buyers([question_of(text) for text in waiting])
    write_matches({pk: (match.party_ids[0], match.method) for pk, match in matches.items()}, at)
    methods = Counter(match.method for match in matches.values())
    return CertifiedTexts(
        code=methods["code"],
        alias=methods["alias"],
        name=methods["name"],
        waiting=len(waiting) - len(matches),
        lines=certify_lines(ids),
    )


def question_of(text: ReportedEndBuyer) -> EndBuyerQuestion:
    address = Address(text.city, text.postcode, text.country)
    return EndBuyerQuestion(text.pk, text.partner_id, text.code, text.normalised_name, address)


def write_matches(found: dict[int, tuple[int, str]], at: dt.datetime) -> None:
    if not found:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            load("channel_inventory", "certify_texts"),
            {
                "tenant_id": current_tenant_id(),
                "texts": list(found),
                "parties": [party for party, _ in found.values()],
                "methods": [method for _, method in found.values()],
                "at": at,
            },
        )


def certify_lines(text_ids: Sequence[int]) -> list[int]:
    """Give the end buyer of certified texts to their current lines that have none; which lines those were."""
    with connection.cursor() as cursor:
        cursor.execute(
            load("channel_inventory", "certify_lines"), {"tenant_id": current_tenant_id(), "texts": list(text_ids)}
        )
        return [line for (line,) in cursor.fetchall()]
