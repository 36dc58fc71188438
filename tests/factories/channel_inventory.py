from itertools import count
from typing import Any

from catalog.models import Product
from channel_inventory.models import PosLine, ReportedEndBuyer
from exchange.actions.receive_file import receive_file
from exchange.models import ImportBatch
from parties.models import Party
from tests.fixtures import NOW, TODAY
from values.text import normalise_name

_serial = count(1)


def make_report(partner: Party) -> ImportBatch:
    """A POS file that came in; nothing is read from it."""
    return receive_file(kind="pos", name="pos.csv", content=b"-", party_id=partner.pk, by=None, at=NOW)


def make_text(partner: Party, name: str | None = None, **values: Any) -> ReportedEndBuyer:
    """An end buyer as the partner writes it, still to be certified."""
    serial = next(_serial)
    name = name or f"Buyer {serial}"
    values = {"normalised_name": normalise_name(name), "first_seen_at": NOW, "text_key": f"{serial:032d}", **values}
    return ReportedEndBuyer.objects.create(partner=partner, name=name, **values)


def make_pos_line(partner: Party, product: Product, quantity: int = 100, **values: Any) -> PosLine:
    """A line as a report leaves it; without `text` one of its own is made."""
    serial = next(_serial)
    text = values.pop("text", None) or make_text(partner)
    values = {
        "batch": values.pop("batch", None) or make_report(partner),
        "row_number": serial,
        "received_on": TODAY,
        "recorded_at": NOW,
        "line_key": f"INV-{serial}/1",
        "content": f"{serial:032d}",
        "invoice_number": f"INV-{serial}",
        "invoice_line": "1",
        "invoice_date": TODAY,
        "reported_sku": product.sku,
        "reported_quantity": quantity,
        "resale_price": "1.50",
        "currency": "USD",
        "reported_end_buyer": text,
        "end_buyer": text.party,
        **values,
    }
    return PosLine.objects.create(partner=partner, product=product, quantity=quantity, **values)
