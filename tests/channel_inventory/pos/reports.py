"""Reports as partners send them."""

from tests.exchange.files import take

HEAD = "invoice_number,invoice_line,invoice_date,sku,quantity,unit,resale_price,currency,branch,end_buyer_name"
LINE = {
    "invoice_number": "INV-1", "invoice_line": "1", "invoice_date": "2026-11-16", "sku": "AUR-1", "quantity": "100",
    "unit": "", "resale_price": "1.5", "currency": "USD", "branch": "", "end_buyer_name": "Halden Rail",
}  # fmt: skip


def sheet(*lines, separator=",", **extra):
    """A file with a line for each dict of what differs from LINE."""
    names = [*LINE, *sorted({name for line in lines for name in line} - set(LINE))]
    rows = [separator.join({**LINE, **extra, **line}.get(name, "") for name in names) for line in lines]
    return "\n".join([separator.join(names), *rows, ""])


def report(world, *lines, **options):
    """Import a POS file of Northgate, as the command does."""
    return take("pos", sheet(*lines), party_id=world.sell_to.pk, **options)
