"""What stands on higher floors and is needed here: the top says who knows the parties, and where amounts are kept."""

from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string


class Directory(Protocol):
    def find(self, code: str) -> int | None:
        """The active party with this code, in the tenant in scope."""

    def name_of(self, column: str) -> Any:
        """Code and name of the party whose id is in the column, for a queryset's annotation."""

    def code(self, party_id: int) -> str: ...


@cache
def parties() -> Directory:
    """The object named by `settings.PARTY_DIRECTORY`."""
    found: Directory = import_string(settings.PARTY_DIRECTORY)
    return found


def has_amounts() -> bool:
    """Does the tenant in scope have rows that may hold an amount in its currency?

    The models are those named by `settings.TENANT_AMOUNTS`.
    """
    models: tuple[type[Model], ...] = import_string(settings.TENANT_AMOUNTS)
    return any(model._default_manager.exists() for model in models)
