import datetime as dt
from collections.abc import Iterable, Mapping

from channel_inventory.models import ReportedEndBuyer
from channel_inventory.pos.texts import EndBuyerText, normalised_address
from values.text import normalise_name

CHUNK = 2_000
Key = tuple[int, str]
TextOf = dict[Key, ReportedEndBuyer]


def save_texts(*, texts: Mapping[Key, EndBuyerText], at: dt.datetime) -> TextOf:
    """Keep each text once. Takes and gives all of them, new or known, by partner and text key."""
    found = stored_texts(texts)
    fresh = [fresh_text(*key, text, at) for key, text in texts.items() if key not in found]
    if not fresh:
        return found
    ReportedEndBuyer.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=CHUNK)
    return stored_texts(texts)


def stored_texts(keys: Iterable[Key]) -> TextOf:
    """Those that are kept, as they are now."""
    asked, found = list(keys), {}
    partner_ids = {partner_id for partner_id, _ in asked}
    for start in range(0, len(asked), CHUNK):
        text_keys = [key for _, key in asked[start : start + CHUNK]]
        stored = ReportedEndBuyer.objects.filter(partner_id__in=partner_ids, text_key__in=text_keys)
        found.update({(each.partner_id, each.text_key): each for each in stored})
    return found


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
