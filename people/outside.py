"""Names of parties, which stand on a higher floor: the top says who knows them."""

from functools import cache
from typing import Any, Protocol

from django.conf import settings
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
