"""What the tests of the live sheet share: asking it as the page does."""

import uuid
from typing import Any

from tests.orders.pages import HEADER, PATH

SHEET = PATH + "new/sheet/"
PAGE = uuid.UUID(int=1)


def content(*rows: dict[str, str], **header: str) -> dict[str, Any]:
    """Of an entry page with the usual header; a header field given as "" is left empty."""
    return {"header": {name: text for name, text in {**HEADER, **header}.items() if text}, "rows": list(rows)}


def ask(client: Any, asked: dict[str, Any], *, draft: Any = None, version: int = 0, page: Any = PAGE) -> Any:
    """`draft` may be an earlier answer: its draft at its version is gone on with."""
    if isinstance(draft, dict):
        draft, version = draft["draft"], draft["version"]
    body = {"draft": draft, "version": version, "page": str(page), "content": asked}
    return client.post(SHEET, body, content_type="application/json")
