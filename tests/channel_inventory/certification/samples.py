"""Lines of a report as the rooms of certification see them."""

from typing import Any

from channel_inventory.models import PosLine, ReportedEndBuyer
from exchange.actions.receive_file import receive_file
from tests.factories.catalog import make_product
from tests.factories.channel_inventory import make_pos_line
from tests.fixtures import NOW


def line_of(text: ReportedEndBuyer, quantity: int = 100, **values: Any) -> PosLine:
    """A line of this text in a file that somebody sent; which kind of file does not matter here."""
    batch = receive_file(kind="parties", name="a.csv", content=b"-", party_id=text.partner_id, by=None, at=NOW)
    return make_pos_line(
        text.partner, values.pop("product", None) or make_product(), quantity, batch=batch, text=text, **values
    )
