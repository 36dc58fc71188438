"""The carrier column: a file may name one that we do not know yet, and thereby makes it."""

from collections.abc import Sequence

from exchange.rows import Row
from shipping.models import Carrier

CODE_WIDTH = 20
HELP = "Code or name; a new one makes the carrier"


def carriers_named(rows: Sequence[Row]) -> dict[str, Carrier]:
    """Text in the file → carrier, by code or name whatever the case. Unknown ones come unsaved, one for each code."""
    texts = {row.values["carrier"] for row in rows if row.values.get("carrier")}
    if not texts:
        return {}
    stored = list(Carrier.objects.order_by("-pk"))
    known = {carrier.name.casefold(): carrier for carrier in stored}
    known.update({carrier.code.casefold(): carrier for carrier in stored})
    found = {}
    for text in sorted(texts):
        code = text.upper()[:CODE_WIDTH].strip()
        fresh = known.get(text.casefold()) or known.get(code.casefold()) or Carrier(code=code, name=text)
        known[code.casefold()] = found[text] = fresh
    return found
