"""Incoterms® 2020 as data: who arranges and pays what, and where the goods pass over.

Source: International Chamber of Commerce, *Incoterms® 2020* (publication 723E). Its articles, A for the
seller and B for the buyer: A2/B2 delivery, A3/B3 transfer of risks, A4/B4 carriage, A5/B5 insurance, A7/B7
export and import clearance, A9/B9 allocation of costs.

The rules do not say when ownership passes; the contract does. Where it is silent we let title go with the
risk, at the point of delivery (A2, A3), as sellers commonly do.
"""

from dataclasses import dataclass
from typing import Literal

Side = Literal["seller", "buyer"]
Payer = Literal["shipper", "receiver", "third_party"]
Point = Literal["shippers_dock", "carrier_handover", "alongside", "on_board", "destination"]
TitlePoint = Literal["shipment", "delivery"]

_POINTS: dict[Point, str] = {
    "shippers_dock": "at the shipper's dock, before loading",
    "carrier_handover": "when handed to the carrier",
    "alongside": "alongside the ship in the port of shipment",
    "on_board": "on board the ship in the port of shipment",
    "destination": "at the named place of destination",
}


class UnknownIncotermError(ValueError):
    """A code that is none of the eleven rules of 2020."""

    def __init__(self, code: str) -> None:
        hint = _RETIRED.get(code, f"Use one of {', '.join(INCOTERMS)}.")
        super().__init__(f"{code!r} is not an Incoterm of 2020. {hint}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Incoterm:
    """One rule: the costs of carriage and duty (A4, A7, A9) and the point where risk passes (A2, A3)."""

    code: str
    name: str
    named_place: str
    main_carriage: Side
    export_duty: Side
    import_duty: Side
    passes_at: Point
    sea_only: bool = False
    insured_by_seller: bool = False

    @property
    def passes_in_words(self) -> str:
        return _POINTS[self.passes_at]


_PLACE, _DESTINATION = "place of delivery", "place of destination"
_PORT, _PORT_OF_DESTINATION = "port of shipment", "port of destination"

INCOTERMS: dict[str, Incoterm] = {
    rule.code: rule
    for rule in (
        Incoterm("EXW", "Ex Works", _PLACE, "buyer", "buyer", "buyer", "shippers_dock"),
        Incoterm("FCA", "Free Carrier", _PLACE, "buyer", "seller", "buyer", "carrier_handover"),
        Incoterm("CPT", "Carriage Paid To", _DESTINATION, "seller", "seller", "buyer", "carrier_handover"),
        Incoterm(
            "CIP",
            "Carriage and Insurance Paid To",
            _DESTINATION,
            "seller",
            "seller",
            "buyer",
            "carrier_handover",
            insured_by_seller=True,
        ),
        Incoterm("DAP", "Delivered at Place", _DESTINATION, "seller", "seller", "buyer", "destination"),
        Incoterm("DPU", "Delivered at Place Unloaded", _DESTINATION, "seller", "seller", "buyer", "destination"),
        Incoterm("DDP", "Delivered Duty Paid", _DESTINATION, "seller", "seller", "seller", "destination"),
        Incoterm("FAS", "Free Alongside Ship", _PORT, "buyer", "seller", "buyer", "alongside", sea_only=True),
        Incoterm("FOB", "Free On Board", _PORT, "buyer", "seller", "buyer", "on_board", sea_only=True),
        Incoterm(
            "CFR",
            "Cost and Freight",
            _PORT_OF_DESTINATION,
            "seller",
            "seller",
            "buyer",
            "on_board",
            sea_only=True,
        ),
        Incoterm(
            "CIF",
            "Cost, Insurance and Freight",
            _PORT_OF_DESTINATION,
            "seller",
            "seller",
            "buyer",
            "on_board",
            sea_only=True,
            insured_by_seller=True,
        ),
    )
}

_RETIRED = {
    "DAT": "DPU took its place in 2020.",
    "DDU": "DAP took its place in 2010.",
    "DAF": "DAP took its place in 2010.",
    "DES": "DAP took its place in 2010.",
    "DEQ": "DAT took its place in 2010, and DPU that of DAT in 2020.",
}


def incoterm(code: str) -> Incoterm:
    """The rule of a three-letter code in any case. Raises UnknownIncotermError, which hints at successors."""
    code = code.strip().upper()
    try:
        return INCOTERMS[code]
    except KeyError:
        raise UnknownIncotermError(code) from None


def contradictions(code: str, freight_payer: Payer, duty_payer: Payer) -> list[str]:
    """Sentences that explain where the payers contradict the Incoterm; empty when they agree.

    The shipper stands for the seller and the receiver for the buyer. A third party (a forwarder, a customs
    broker, the owner of a freight account) may pay for either of them, so it contradicts no rule.
    """
    rule = incoterm(code)
    found = [_freight_contradiction(rule, freight_payer), _duty_contradiction(rule, duty_payer)]
    return [sentence for sentence in found if sentence]


def title_passes_at(code: str) -> TitlePoint:
    """Whether goods are billed on shipment (E, F and C rules) or on delivery (D rules), by A2 and A3."""
    return "delivery" if incoterm(code).passes_at == "destination" else "shipment"


def _freight_contradiction(rule: Incoterm, payer: Payer) -> str:
    if rule.main_carriage == "buyer" and payer == "shipper":
        return (
            f"{_under(rule)} the buyer arranges and pays the main carriage (B4, B9), but the freight payer "
            f"is the shipper. Let the receiver or a third party pay, or agree {_seller_pays(rule)}."
        )
    if rule.main_carriage == "seller" and payer == "receiver":
        return (
            f"{_under(rule)} the seller arranges and pays the carriage to the {rule.named_place} (A4, A9), "
            f"but the freight payer is the receiver. Let the shipper pay, or agree {_buyer_pays(rule)}."
        )
    return ""


def _duty_contradiction(rule: Incoterm, payer: Payer) -> str:
    if rule.import_duty == "seller" and payer == "receiver":
        return (
            f"{_under(rule)} the seller clears the import and pays its duty and taxes (A7, A9), but the duty "
            "payer is the receiver. Let the shipper pay, or agree DAP."
        )
    if rule.import_duty == "buyer" and payer == "shipper":
        return (
            f"{_under(rule)} the buyer clears the import and pays its duty and taxes (B7, B9), but the duty "
            "payer is the shipper. Let the receiver pay, or agree DDP."
        )
    return ""


def _under(rule: Incoterm) -> str:
    return f"Under {rule.code} ({rule.name})"


def _seller_pays(rule: Incoterm) -> str:
    return "CFR or CIF" if rule.sea_only else "CPT or DAP"


def _buyer_pays(rule: Incoterm) -> str:
    return "FOB" if rule.sea_only else "FCA"
