"""Tells the floor of people what it may know of the floors above."""

from typing import Any

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Concat

from orders.models import Order
from parties.choices import PartyStatus
from parties.models import Party
from shipping.models import ShippingRule


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

# credit limits, bands of value, and with orders come ledger and invoices: all in the tenant's currency
TENANT_AMOUNTS = (Party, ShippingRule, Order)
