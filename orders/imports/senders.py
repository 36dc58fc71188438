"""What an 850 leaves to whom it came from: the buyer, the currency, units; and what it is meant to do."""

from collections.abc import Sequence

from exchange.choices import RowChange
from exchange.interchanges import SENDER, profile_of
from exchange.models import TradingPartner
from exchange.rows import Context, Row
from orders.imports.drafts import PoDraft
from orders.imports.edi import PURPOSE
from orders.imports.naming import EDI_UNIT
from parties.models import Party

ORIGINAL, REPLACEMENT = ("", "00"), "05"


def fill_from_profile(rows: Sequence[Row], context: Context) -> None:
    """Whose order it is where the order does not say: the trading partner with the sender's identity."""
    sent = [row for row in rows if row.source.get(SENDER)]
    if not sent:
        return
    profiles = list(TradingPartner.objects.order_by("pk"))
    codes = dict(Party.objects.filter(pk__in=[p.party_id for p in profiles if p.party_id]).values_list("pk", "code"))
    partner = Party.objects.filter(pk=context.party_id).first() if context.party_id else None
    for row in sent:
        profile = profile_of(row.source[SENDER], profiles)
        if not row.source.get("sell_to"):
            known = codes.get(profile.party_id or 0) if profile else None
            name_sender(row, known or (partner.code if partner else ""))
        if profile and profile.currency and not row.source.get("currency"):
            row.filled["currency"] = profile.currency
        if profile and (unit := profile.unit_map.get(row.source.get(EDI_UNIT, "").upper())):
            row.filled[EDI_UNIT] = unit


def name_sender(row: Row, code: str) -> None:
    if code:
        row.filled["sell_to"] = code
    else:
        identity = row.source[SENDER].replace(":", " ")
        message = f"The order names no buyer, and no trading partner has the identity {identity}."
        row.error("sell_to", "unknown_sender", message)


def check_purpose(draft: PoDraft) -> None:
    """BEG01: an original, or a replacement of an order we never had, is a new order; nothing else is."""
    for row in draft.rows:
        purpose = row.source.get(PURPOSE, "")
        if row.is_bad or purpose in ORIGINAL or row.change == RowChange.UNCHANGED:
            continue
        if purpose != REPLACEMENT:
            row.error("customer_po", "unsupported_purpose", f"BEG01 {purpose} is no new order: enter it by hand.")
        elif draft.order_id:
            row.error("customer_po", "replaces_known", f"It replaces {draft.order_number}: change that order.")
        else:
            row.warn("customer_po", "replaces_unknown", "It replaces a PO that never came: it would be a new order.")
