import datetime as dt
from collections.abc import Iterable

from channel_inventory.models import ReportedEndBuyer
from channel_inventory.texts import EndBuyerText, normalised_address
from values.text import normalise_name

CHUNK = 2_000
TextOf = dict[tuple[int, str], ReportedEndBuyer]


def save_texts(*, texts: Iterable[tuple[int, EndBuyerText]], at: dt.datetime) -> TextOf:
    """Keep each text of (partner, text) once. Gives all of them, new or known, by partner and text key."""
    by_key = {(partner_id, text.key): text for partner_id, text in texts}
    found = stored_texts(by_key)
    fresh = [fresh_text(*key, text, at) for key, text in by_key.items() if key not in found]
    if not fresh:
        return found
    ReportedEndBuyer.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=CHUNK)
    return stored_texts(by_key)


def stored_texts(keys: Iterable[tuple[int, str]]) -> TextOf:
    asked = list(keys)
    stored = ReportedEndBuyer.objects.filter(
        partner_id__in={partner_id for partner_id, _ in asked}, text_key__in={key for _, key in asked}
    )
    return {(each.partner_id, each.text_key): each for each in stored}


def fresh_text(partner_id: int, key: str, text: EndBuyerText, at: dt.datetime) -> ReportedEndBuyer:
    return ReportedEndBuyer(
        partner_id=partner_id,
        text_key=key,
        code=text.code,
        name=text.name,
        address=text.address,
        city=text.city,
        postcode=text.postcode,
        country=text.country,
        # nobody is like somebody who was not named
        normalised_name=normalise_name(text.name)[:200] if text.is_named else "",
        normalised_address=normalised_address(text)[:300],
        first_seen_at=at,
    )
