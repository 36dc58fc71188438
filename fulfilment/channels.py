"""A ship request in the forms that a site may want it: CSV and X12 940. Both read the frozen facts alone."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse

from exchange.x12.parties import X12Party
from exchange.x12.sets import FUNCTIONAL_IDS
from exchange.x12.ship_order import COLLECT, PREPAID, THIRD_PARTY, Freight940, Line940, ShipOrder940, write_940
from exchange.x12.writer import Endpoint, Envelope, OutgoingGroup, free_separators, write_interchange
from fulfilment.choices import ShipRequestStatus
from fulfilment.models import ShipRequest, ShipRequestLine
from fulfilment.querysets import lines_of
from shipping.choices import Payer
from tenancy.models import Tenant
from ui.exports import CSV_TYPE, csv_chunks

PAYMENT = {Payer.SHIPPER: PREPAID, Payer.RECEIVER: COLLECT, Payer.THIRD_PARTY: THIRD_PARTY}
# transportation method, element 91: the request does not say how the carrier carries
ANY_METHOD = "ZZ"
ISA_WIDTH = 15
X12_TYPE = "application/edi-x12"

LINE_FACTS = ("sku", "customer_part", "description", "quantity", "unit", "order", "customer_po", "line_no", "end_buyer")
TERMS_FACTS = (
    "incoterm",
    "named_place",
    "freight_payer",
    "freight_payer_name",
    "payer_country",
    "payer_postcode",
    "carrier_code",
    "carrier_name",
    "service",
    "account_number",
    "duty_payer",
    "duty_payer_name",
    "duty_account",
    "re_shipper_name",
    "re_shipper_country",
    "receiver_name",
    "receiver_country",
    "partials_allowed",
    "ship_complete",
    "labels",
    "packing",
    "instructions",
)


def as_csv(request: ShipRequest) -> HttpResponse:
    """One row a line, the terms repeated on each: a site's spreadsheet needs no second file."""
    headings = ["ship_request", "revision", "ship_by", "fingerprint", "position", *LINE_FACTS, *TERMS_FACTS]
    rows = [
        [
            request.number,
            request.revision,
            request.ship_by_date,
            request.fingerprint,
            line.position,
            *(line.frozen[name] for name in LINE_FACTS),
            *(request.frozen[name] for name in TERMS_FACTS),
        ]
        for line in lines_of(request)
    ]
    return download(b"".join(csv_chunks(headings, rows)), f"{name_of(request)}.csv", CSV_TYPE)


def as_x12(request: ShipRequest, tenant: Tenant) -> HttpResponse:
    sent = write_940(ship_order(request), f"{request.pk % 10**9:09d}")
    envelope = Envelope(
        sender=Endpoint("ZZ", tenant.slug.upper()[:ISA_WIDTH]),
        receiver=Endpoint("ZZ", str(request.frozen["site_code"]).upper()[:ISA_WIDTH]),
        control_number=request.pk % 10**9,
        at=request.released_at.astimezone(tenant.zone),
        separators=free_separators(sent.rows),
    )
    text = write_interchange(envelope, [OutgoingGroup(FUNCTIONAL_IDS["940"], request.pk % 10**9, (sent,))])
    return download(text.encode(), f"{name_of(request)}.940.edi", X12_TYPE)


def ship_order(request: ShipRequest) -> ShipOrder940:
    """The neutral 940 of a frozen request."""
    frozen = request.frozen
    lines = list(lines_of(request))
    re_shipper = party("IC", frozen, "re_shipper") if frozen["re_shipper_name"] else None
    payer = X12Party(
        "PF", frozen["freight_payer_name"], postcode=frozen["payer_postcode"], country=frozen["payer_country"]
    )
    return ShipOrder940(
        number=request.number,
        revision=request.revision,
        po_number=lines[0].frozen["customer_po"],
        ship_from=X12Party("SF", frozen["site_name"], "91", frozen["site_code"]),
        ship_to=party("ST", frozen, "receiver"),
        re_shipper=re_shipper,
        freight_bill_to=None if frozen["freight_payer"] == Payer.SHIPPER else payer,
        freight=freight(frozen),
        lines=tuple(line_940(line) for line in lines),
        ship_date=request.ship_by_date,
        instructions=tuple(
            text.strip()
            for name in ("labels", "packing", "instructions")
            for text in frozen[name].splitlines()
            if text.strip()
        ),
        is_cancelled=request.status == ShipRequestStatus.CANCELLED,
    )


def freight(frozen: dict[str, Any]) -> Freight940:
    return Freight940(
        payment=PAYMENT[Payer(frozen["freight_payer"])],
        method=ANY_METHOD,
        scac=frozen["carrier_code"] if 2 <= len(frozen["carrier_code"]) <= 4 else "",
        carrier=frozen["carrier_name"],
        service=frozen["service"],
        account=frozen["account_number"],
        incoterm=frozen["incoterm"],
        named_place=frozen["named_place"],
        duty_payer=frozen["duty_payer"],
        duty_account=frozen["duty_account"],
    )


def party(qualifier: str, frozen: dict[str, Any], who: str) -> X12Party:
    return X12Party(
        qualifier,
        frozen[f"{who}_name"],
        address=tuple(frozen[f"{who}_street"]),
        city=frozen[f"{who}_city"],
        postcode=frozen[f"{who}_postcode"],
        country=frozen[f"{who}_country"],
    )


def line_940(line: ShipRequestLine) -> Line940:
    frozen = line.frozen
    return Line940(
        number=line.position,
        part=frozen["sku"],
        quantity=Decimal(line.quantity),
        unit=frozen["unit"],
        customer_part=frozen["customer_part"],
        description=frozen["description"],
    )


def name_of(request: ShipRequest) -> str:
    return f"{request.number}-rev{request.revision}"


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
