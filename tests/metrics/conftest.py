import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.test import Client

from catalog.models import Product
from parties.models import Party
from tenancy.models import Member, Tenant
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.fixtures import NOW


@dataclass(frozen=True)
class Cast:
    tenant: Tenant
    sell_to: Party
    a: Party
    b: Party
    product: Product


@pytest.fixture
def cast(inside: Tenant) -> Cast:
    """A sell-to, end buyers A and B, one product, in Aurora's scope."""
    return Cast(inside, make_sell_to("DISTI"), make_end_buyer("A"), make_end_buyer("B"), make_product("AUR-1"))


@pytest.fixture
def open_page(client: Client, desk: Member) -> Callable[[str], Any]:
    """Reads an address as somebody who may see everything, an hour after all that the tests have written."""
    client.force_login(desk.user)

    def get(address: str) -> Any:
        with time_machine.travel(NOW + dt.timedelta(hours=1), tick=False):
            return client.get(address)

    return get
