"""The same click twice is one order: a form carries a key, and the first POST with it wins."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import QueryDict

from tenancy.models import Click, Member
from tenancy.scope import current_tenant_id
from values.sql import load

MAX_PATH = 500
SENT_BEFORE = "This was sent already, with other values. Nothing was done now: send it again if both are meant."
KEY_FIELD = "click"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field


class ClickTaken(SuspiciousOperation):
    """The key was used by somebody else or on another page: no honest form does that. Answered with 400."""


class SentBefore(Exception):
    """The form was sent before with other values: somebody went back and changed it. `location` is where it led."""

    def __init__(self, location: str):
        super().__init__(SENT_BEFORE)
        self.location = location


def click_of(posted: QueryDict) -> UUID:
    """The key of a form, the same for every click on it; a new one when it came without."""
    try:
        return UUID(posted.get(KEY_FIELD, ""))
    except ValueError:
        return uuid4()


def digest_of(fields: Iterable[tuple[str, Sequence[str]]]) -> str:
    """What was typed into a form, whatever its token."""
    typed = sorted((name, list(texts)) for name, texts in fields if name not in (TOKEN, KEY_FIELD))
    return sha256(json.dumps(typed).encode()).hexdigest()


def once(*, key: UUID, by: Member, path: str, do: Callable[[], str], body: str = "") -> str:
    """Run `do`, unless a POST with this key has done so already; both answer with the address `do` gave.

    With `body`, a digest of what was sent, the same key with another one raises SentBefore.

    Belongs into the transaction of the work: what is rolled back, a form error for one, does not burn the key.
    """
    values: dict[str, Any] = {"tenant_id": current_tenant_id(), "key": key, "member_id": by.id, "path": path[:MAX_PATH]}
    values["body"] = body
    with connection.cursor() as cursor:
        cursor.execute(load("tenancy", "take_click"), values)
        taken = cursor.fetchone()
    if taken is None:
        return _first_answer(key, by, path, body)
    location = do()
    Click.objects.filter(pk=taken[0]).update(location=location)
    return location


def forget_clicks(*, before: dt.datetime) -> int:
    """Delete keys that no open form can still carry. Returns how many."""
    return Click.objects.filter(created_at__lt=before).delete()[0]


def _first_answer(key: UUID, by: Member, path: str, body: str) -> str:
    first = Click.objects.filter(key=key, member_id=by.id, path=path[:MAX_PATH]).first()
    if first is None:
        raise ClickTaken("This form's key was used before, by somebody else or on another page.")
    if body and first.body and body != first.body:
        raise SentBefore(first.location)
    return first.location
