"""What the tests of the order pages share: posting a form as its page would, and reading what came back."""

import re
from typing import Any

from orders.forms.entry import HeaderForm, LineForm
from orders.forms.sheet import LINES

PATH = "/aurora/orders/"
HEADER = {
    "sell_to": "NORTH",
    "customer_po": "PO 4711",
    "order_date": "23 Nov 2026",
    "order_type": "standard",
    "default_ship_to": "MAIN",
    "default_request_date": "14 Jan 2027",
}


def typed(*rows: dict[str, Any], do: str = "book", click: str = "", count: int = 0, **header: Any) -> dict[str, Any]:
    """The POST of the entry page with these rows, as many empty ones behind them as make five."""
    total = count or max(5, len(rows))
    data = {f"{LINES}-TOTAL_FORMS": total, f"{LINES}-INITIAL_FORMS": 0, "do": do, "click": click, **HEADER, **header}
    assert set(header) <= set(HeaderForm.base_fields)
    for place, row in enumerate(rows):
        assert set(row) <= set(LineForm.base_fields)
        data |= {f"{LINES}-{place}-{name}": value for name, value in row.items()}
    return data


def three_lines() -> list[dict[str, Any]]:
    """The PO of the issue: one part, end buyers with a direct agreement, ship and debit, and none."""
    return [{"part": "AUR-1", "quantity": "1,000", "end_buyer": code} for code in ("A", "B", "C")]


def body(response: Any) -> str:
    """The page as text: without tags, entities and idle blanks."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = re.sub(r"<[^>]+>", " ", content.decode())
    for entity, letter in (("&#x27;", "'"), ("&quot;", '"'), ("&amp;", "&"), ("\u00a0", " ")):
        text = text.replace(entity, letter)
    return " ".join(text.split())


def hidden(response: Any, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', response.content.decode())
    assert found, f"no hidden field {name}"
    return found[1]
