"""The same click twice is one order: a form carries a key, and the first POST with it wins."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import SuspiciousOperation
from django.db import connection

from tenancy.models import Click, Member
from tenancy.scope import current_tenant_id
from values.sql import load

MAX_PATH = 500


class ClickTaken(SuspiciousOperation):
    """The key was used by somebody else or on another page: no honest form does that. Answered with 400."""


def once(*, key: UUID, by: Member, path: str, do: Callable[[], str]) -> str:
    """Run `do`, unless a POST with this key has done so already; both answer with the address `do` gave.

    Belongs into the transaction of the work: what is rolled back, a form error for one, does not burn the key.
    """
    values: dict[str, Any] = {"tenant_id": current_tenant_id(), "key": key, "member_id": by.id, "path": path[:MAX_PATH]}
    with connection.cursor() as cursor:
        cursor.execute(load("tenancy", "take_click"), values)
        taken = cursor.fetchone()
    if taken is None:
        return _first_answer(key, by, path)
    location = do()
    Click.objects.filter(pk=taken[0]).update(location=location)
    return location


def forget_clicks(*, before: dt.datetime) -> int:
    """Delete keys that no open form can still carry. Returns how many."""
    return Click.objects.filter(created_at__lt=before).delete()[0]


def _first_answer(key: UUID, by: Member, path: str) -> str:
    first = Click.objects.filter(key=key, member_id=by.id, path=path[:MAX_PATH]).first()
    if first is None:
        raise ClickTaken("This form's key was used before, by somebody else or on another page.")
    return first.location
