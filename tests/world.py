from types import SimpleNamespace

import pytest

from parties.choices import PartyRole
from parties.models import Party, PartyRoleFact
from pricing.choices import Mechanism
from shipping.choices import Incoterm, Payer
from shipping.models import Carrier, FreightAccount, ShippingRule, ShippingTerms
from tenancy.models import Member
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_location, make_party, make_sell_to
from tests.factories.pricing import make_agreement, make_price_list


@pytest.fixture
def world(desk: Member) -> SimpleNamespace:
    """A small world in the scope of Aurora."""
    return make_world(desk)


def make_world(by: Member, dock: Party | None = None) -> SimpleNamespace:
    """One sell-to, one part at book 1.20, end buyers A (direct 0.95), B (ship and debit 0.98) and C (none).

    Goods leave from `dock`.
    """
    sell_to = make_sell_to("NORTH", name="Northgate Components")
    product = make_product("AUR-1", description="Regulator")
    make_price_list(product, "1.20", party=sell_to, code="BOOK")
    a, b, c = (make_end_buyer(code) for code in ("A", "B", "C"))
    direct = make_agreement(product, "0.95", end_buyer=a, sell_to=sell_to, number="SPA-A")
    debit = make_agreement(
        product, "0.98", end_buyer=b, sell_to=sell_to, mechanism=Mechanism.SHIP_AND_DEBIT, number="SPA-B"
    )
    ship_to = make_location(sell_to)
    dock = dock or make_party("SITE", country="MY")
    PartyRoleFact.objects.create(party=dock, role=PartyRole.FULFILMENT_SITE)
    site = make_location(dock, "PEN", purpose="ship_from")
    carrier = Carrier.objects.create(code="DHL", name="DHL Express")
    account = FreightAccount.objects.create(
        party=site.party, carrier=carrier, number="9602", payer_country="US", payer_postcode="95054"
    )
    terms = ShippingTerms.objects.create(
        code="PREPAID", incoterm=Incoterm.DAP, named_place="dock", freight_payer=Payer.SHIPPER, carrier=carrier,
        service="Express", freight_account=account, duty_payer=Payer.RECEIVER,
    )  # fmt: skip
    ShippingRule.objects.create(code="DEFAULT", terms=terms)
    return SimpleNamespace(**locals())
