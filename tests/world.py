from types import SimpleNamespace

import pytest

from pricing.choices import Mechanism
from shipping.choices import Incoterm, Payer
from shipping.models import Carrier, FreightAccount, ShippingRule, ShippingTerms
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_location, make_party, make_sell_to
from tests.factories.pricing import make_agreement, make_price_list


@pytest.fixture
def world(desk) -> SimpleNamespace:
    """One sell-to, one part at book 1.20, end buyers A (direct 0.95), B (ship and debit 0.98) and C (none)."""
    sell_to = make_sell_to("NORTH", name="Northgate Components")
    product = make_product("AUR-1", description="Regulator")
    make_price_list(product, "1.20", party=sell_to, code="BOOK")
    a, b, c = (make_end_buyer(code) for code in ("A", "B", "C"))
    direct = make_agreement(product, "0.95", end_buyer=a, sell_to=sell_to, number="SPA-A")
    debit = make_agreement(
        product, "0.98", end_buyer=b, sell_to=sell_to, mechanism=Mechanism.SHIP_AND_DEBIT, number="SPA-B"
    )
    ship_to = make_location(sell_to)
    site = make_location(make_party("SITE", "fulfilment_site", country="MY"), "PEN", purpose="ship_from")
    carrier = Carrier.objects.create(code="DHL", name="DHL Express")
    account = FreightAccount.objects.create(
        party=site.party, carrier=carrier, number="9602", payer_country="US", payer_postcode="95054"
    )
    terms = ShippingTerms.objects.create(
        code="PREPAID", incoterm=Incoterm.DAP, named_place="dock", freight_payer=Payer.SHIPPER, carrier=carrier,
        service="Express", freight_account=account, duty_payer=Payer.RECEIVER,
    )  # fmt: skip
    ShippingRule.objects.create(code="DEFAULT", terms=terms)
    return SimpleNamespace(**{name: value for name, value in locals().items() if name != "desk"}, by=desk)
