from typing import Any

from channel_inventory.choices import TextState
from ui.columns import Chip, Column, Figure, Instant, Link
from ui.figures import EMPTY
from ui.tables import Table

TONES = {TextState.OPEN: "warn", TextState.LATER: "", TextState.CERTIFIED: "good", TextState.REJECTED: "bad"}


def address_of(text: Any) -> str:
    return ", ".join(filter(None, [text.address, text.postcode, text.city, text.country]))


def lines_of(text: Any) -> int:
    return (text.sold or {}).get("lines", 0)


def value_of(text: Any) -> str:
    """What its lines were resold for, where that is one currency."""
    sold = text.sold
    if not sold:
        return EMPTY
    return f"{sold['value']:,.2f} {sold['currency']}" if sold["currencies"] == 1 else "several currencies"


class TextTable(Table):
    caption = "End buyers as reported"
    columns = (
        Link("As reported", "name", url_name="channel_inventory:text_detail"),
        Column("Code", "code"),
        Column("Address", address_of),
        Column("Partner", "partner.short_name", needs="partner"),
        Figure("Lines", lines_of),
        Column("Resold for", value_of, css="num"),
        Chip("State", "get_state_display", tones={str(state.label): tone for state, tone in TONES.items()}),
        Column("End buyer", "party.name", needs="party"),
        Column("Found by", "get_method_display"),
        Instant("Decided", "decided_at", is_extra=True),
    )
