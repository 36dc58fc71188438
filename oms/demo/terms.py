"""How the demo's goods travel: ours by default, on the customer's account for some, by a re-shipper when heavy."""

from decimal import Decimal

from oms.demo.masters import Masters
from parties.models import Party
from shipping.choices import Incoterm, Payer
from shipping.models import Carrier, FreightAccount, ShippingRule, ShippingTerms

HEAVY_KG = Decimal(30)


def make_terms(made: Masters) -> None:
    carriers = {
        code: Carrier.objects.create(code=code, name=name, services=services)
        for code, name, services in (
            ("DHL", "DHL", ["Express Worldwide", "Economy Select"]),
            ("FEDEX", "FedEx", ["International Priority", "International Economy"]),
            ("TRANSVIA", "Transvia Air Freight", ["Economy Air 3-5"]),
        )
    }
    ours = account(made.site.party, carriers["DHL"], "960211048", "US", "95054")
    prepaid = ShippingTerms.objects.create(
        code="PREPAID", incoterm=Incoterm.DAP, named_place="receiver's dock", freight_payer=Payer.SHIPPER,
        carrier=carriers["DHL"], service="Express Worldwide", freight_account=ours, duty_payer=Payer.RECEIVER,
        documents="Packing list\nCommercial invoice", packing="Moisture barrier bags, date code on each label",
    )  # fmt: skip
    ShippingRule.objects.create(code="DEFAULT", terms=prepaid)
    for index, sell_to in enumerate(made.sell_tos[:3]):
        collect(made, sell_to, index, carriers)


def collect(made: Masters, sell_to: Party, index: int, carriers: dict[str, Carrier]) -> None:
    """Light parcels collect by FedEx; above 30 kg by air freight through the re-shipper, on the customer's account."""
    postcode = made.ship_tos[sell_to.pk].postcode
    express = account(sell_to, carriers["FEDEX"], f"7730118{index}4", sell_to.country, postcode)
    freight = account(sell_to, carriers["TRANSVIA"], f"7N448220{index}", sell_to.country, postcode)
    light = ShippingTerms.objects.create(
        code=f"{sell_to.code}-COLLECT", incoterm=Incoterm.FCA, named_place="Penang", freight_payer=Payer.RECEIVER,
        carrier=carriers["FEDEX"], service="International Priority", freight_account=express,
        duty_payer=Payer.RECEIVER, documents="Packing list\nCommercial invoice",
        instructions="No price on any label.",
    )  # fmt: skip
    heavy = ShippingTerms.objects.create(
        code=f"{sell_to.code}-AIR", incoterm=Incoterm.FCA, named_place="Penang", freight_payer=Payer.RECEIVER,
        carrier=carriers["TRANSVIA"], service="Economy Air 3-5", freight_account=freight, duty_payer=Payer.RECEIVER,
        re_shipper=made.forwarder, documents="Packing list\nCommercial invoice\nCertificate of origin",
        instructions="Hand to the re-shipper; our delivery is complete when they sign.",
    )  # fmt: skip
    ShippingRule.objects.create(code=f"{sell_to.code}-LIGHT", terms=light, sell_to=sell_to)
    ShippingRule.objects.create(code=f"{sell_to.code}-HEAVY", terms=heavy, sell_to=sell_to, min_weight_kg=HEAVY_KG)


def account(party: Party, carrier: Carrier, number: str, country: str, postcode: str) -> FreightAccount:
    return FreightAccount.objects.create(
        party=party, carrier=carrier, number=number, payer_country=country, payer_postcode=postcode
    )
