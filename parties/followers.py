"""What the floors above keep about a party follows it when it is merged; the top names the actions that do it."""

import datetime as dt
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from tenancy.models import Member


class Follower(Protocol):
    def __call__(self, *, loser_id: int, survivor_id: int, by: Member | None, at: dt.datetime) -> None:
        """Let what names the loser name the survivor. Raises MergeRefused when the two contradict each other.

        Both parties are locked by the caller.
        """


@cache
def followers() -> tuple[Follower, ...]:
    return tuple(import_string(path) for path in import_string(settings.PARTY_FOLLOWERS))
