from dataclasses import dataclass

import pytest

from catalog.models import Product
from parties.models import Party
from tenancy.models import Tenant
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to


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
