"""What a draft holds, as the page sends it: texts by field, nothing judged."""

from typing import Any

from orders.models import OrderDraft

LONGEST_TEXT = 2_000
HEADER, ROWS = "header", "rows"

Content = dict[str, Any]


class NotADraft(ValueError):
    """What was sent is not the content of an entry page."""


def check_content(content: Any, *, header_fields: set[str], row_fields: set[str], most_rows: int) -> Content:
    """The content with the fields there are, empty ones left out. Raises NotADraft for any other shape."""
    if not isinstance(content, dict) or not isinstance(content.get(ROWS, []), list):
        raise NotADraft("A draft has a header and rows.")
    rows = content.get(ROWS, [])
    if len(rows) > most_rows:
        raise NotADraft(f"At most {most_rows} rows: bring a longer order as a file.")
    header = texts(content.get(HEADER, {}), header_fields)
    return {HEADER: header, ROWS: [texts(row, row_fields) for row in rows]}


def texts(values: Any, fields: set[str]) -> dict[str, str]:
    if not isinstance(values, dict):
        raise NotADraft("The fields of a draft go by name.")
    found = {name: text for name, text in values.items() if name in fields and text != ""}
    if any(not isinstance(text, str) or len(text) > LONGEST_TEXT for text in found.values()):
        raise NotADraft(f"A field holds text, up to {LONGEST_TEXT:,} characters.")
    return {name: storable(text) for name, text in found.items()}


def storable(text: str) -> str:
    """Without what neither a page nor PostgreSQL can hold: null characters and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def is_empty(content: Content) -> bool:
    """Nobody has typed anything that is worth keeping."""
    return not any(content[ROWS]) and not {"sell_to", "customer_po"} & set(content[HEADER])


def describe(draft: OrderDraft, content: Content) -> None:
    """Set the content and what lists show of it."""
    draft.content = content
    draft.sell_to = content[HEADER].get("sell_to", "")[:200]
    draft.customer_po = content[HEADER].get("customer_po", "")[:200]
    draft.line_count = sum(map(bool, content[ROWS]))


def differences(mine: Content, theirs: Content) -> list[tuple[str, str, str]]:
    """(place, mine, theirs) of every field in which two contents differ; a place is `sell_to` or `3 quantity`."""
    left, right = flat(mine), flat(theirs)
    places = [*left, *(place for place in right if place not in left)]
    return [
        (place, left.get(place, ""), right.get(place, ""))
        for place in places
        if left.get(place, "") != right.get(place, "")
    ]


def flat(content: Content) -> dict[str, str]:
    found = dict(content.get(HEADER, {}))
    for number, row in enumerate(content.get(ROWS, []), start=1):
        found |= {f"{number} {name}": text for name, text in row.items()}
    return found
