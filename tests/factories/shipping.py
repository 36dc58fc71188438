from itertools import count
from typing import Any

from parties.models import Party
from shipping.choices import Incoterm, Payer
from shipping.models import Carrier, FreightAccount, ShippingRule, ShippingTerms

_serial = count(1)


def make_carrier(code: str | None = None, **values: Any) -> Carrier:
    code = code or f"CAR{next(_serial)}"
    return Carrier.objects.create(code=code, name=values.pop("name", f"{code} Freight"), **values)


def make_account(party: Party, carrier: Carrier, number: str | None = None, **values: Any) -> FreightAccount:
    values = {"payer_country": party.country, "payer_postcode": "97201", **values}
    return FreightAccount.objects.create(
        party=party, carrier=carrier, number=number or f"ACC-{next(_serial)}", **values
    )


def make_terms(code: str | None = None, **values: Any) -> ShippingTerms:
    """Prepaid DAP by default: complete with any carrier."""
    code = code or f"TERMS{next(_serial)}"
    values = {
        "incoterm": Incoterm.DAP,
        "named_place": "Springfield",
        "freight_payer": Payer.SHIPPER,
        "duty_payer": Payer.RECEIVER,
        **values,
    }
    if "carrier" not in values:
        values["carrier"] = make_carrier()
    return ShippingTerms.objects.create(code=code, **values)


def make_rule(terms: ShippingTerms | None = None, code: str | None = None, **values: Any) -> ShippingRule:
    return ShippingRule.objects.create(code=code or f"RULE{next(_serial)}", terms=terms or make_terms(), **values)
