"""Tells the floor of people, below the parties, what it may know of them."""

from typing import Any

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Concat

from parties.choices import PartyStatus
from parties.models import Party


class PartyDirectory:
    def find(self, code: str) -> int | None:
        found = Party.objects.filter(code__iexact=code.strip(), status=PartyStatus.ACTIVE)
        return found.values_list("pk", flat=True).first()

    def name_of(self, column: str) -> Any:
        named = Concat("code", Value(" "), "name", output_field=CharField())
        return Subquery(Party.objects.filter(pk=OuterRef(column)).values_list(named))

    def code(self, party_id: int) -> str:
        return Party.objects.values_list("code", flat=True).get(pk=party_id)


PARTY_DIRECTORY = PartyDirectory()
