"""What tells one sale of a report from another, and one version of it from the next."""

import datetime as dt

from channel_inventory.pos.draft import PosDraft
from channel_inventory.pos.texts import digest

LONGEST_KEY = 120
_HASH, _DIGEST = 12, 32


def base_key(invoice_number: str, invoice_line: str, sku: str, text_key: str, returned_on: dt.date | None) -> str:
    """The partner's invoice and line; without a line the part and the end buyer.

    A line taken back is no correction of the sale: its day makes it one of its own.
    """
    line = squeezed(invoice_line) or f"{squeezed(sku)}/{text_key[:_HASH]}"
    key = f"{squeezed(invoice_number)}/{line}"
    return shortened(f"{key}/R{returned_on:%Y%m%d}" if returned_on else key)


def nth_key(key: str, number: int) -> str:
    """The key of the n-th sale that the invoice does not tell apart."""
    return key if number == 1 else shortened(f"{key}#{number}")


def squeezed(text: str) -> str:
    return "".join(text.split()).upper()


def shortened(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - _DIGEST - 1]}~{digest(key)}"


def content_of(draft: PosDraft) -> str:
    """md5 of all that a line says, in our own unit: the same sale in boxes and in pieces is the same."""
    claimed = "" if draft.claimed is None else draft.claimed
    return digest(
        f"{draft.day}|{draft.sku}|{draft.quantity}|{draft.price.normalize():f}|{draft.currency}"
        f"|{draft.location_id or ''}|{draft.text_key}|{draft.agreement.upper()}|{draft.customer_po.upper()}|{claimed}"
    )
