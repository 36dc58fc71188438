"""The instruction packet of a ship request, printed from its frozen facts alone.

Nothing here reads a rule, terms, a party or a product: what was frozen at release is what the dock gets, today and
after every later edit.
"""

import datetime as dt
from typing import Any

from fulfilment.models import ShipRequest, ShipRequestLine
from fulfilment.querysets import lines_of
from jobs.files import store_file
from jobs.handle import JobHandle
from jobs.models import GeneratedFile
from orders.actions.send_paper import prepare_paper_mail
from orders.handlers import mail_result
from tenancy.models import Tenant
from tenancy.scope import current_tenant_id
from ui.documents.letterhead import Letterhead
from ui.documents.ship_request import (
    Address,
    Delivery,
    Duty,
    Freight,
    PackLine,
    Revision,
    ShipRequestPacket,
    render,
)
from values.countries import country_name

PACKET_KIND = "ship_request_packet"
PDF = "application/pdf"


def packet_of(request: ShipRequest, tenant: Tenant, produced_at: dt.datetime) -> ShipRequestPacket:
    """The frozen context of the PDF; `produced_at` is shown in the tenant's zone."""
    frozen = request.frozen
    lines = lines_of(request)
    receiver = address(frozen, "receiver")
    re_shipper = address(frozen, "re_shipper") if frozen.get("re_shipper_name") else None
    before = request.supersedes
    return ShipRequestPacket(
        sender=letterhead(tenant),
        number=request.number,
        revision=Revision(
            number=request.revision,
            replaced_on=tenant.today(before.released_at) if before else None,
            changes=tuple(request.changes),
        ),
        site_code=frozen["site_code"],
        site_name=frozen["site_name"],
        ship_by=request.ship_by_date,
        deliver_to=re_shipper or receiver,
        final_receiver=receiver if re_shipper else None,
        freight=Freight(
            payer=frozen["freight_payer"],
            payer_name=frozen["freight_payer_name"],
            payer_country=frozen["payer_country"],
            payer_postcode=frozen["payer_postcode"],
            carrier=frozen["carrier_name"],
            service=frozen["service"],
            account=frozen["account_number"],
        ),
        duty=Duty(payer_name=frozen["duty_payer_name"], account=frozen["duty_account"]),
        incoterm=frozen["incoterm"],
        named_place=frozen["named_place"],
        delivery=delivery_of(frozen),
        lines=tuple(pack_line(line) for line in lines),
        fingerprint=request.fingerprint,
        produced_at=produced_at.astimezone(tenant.zone),
        onward=frozen.get("onward", ""),
        weight=weight_of(lines),
    )


def letterhead(tenant: Tenant) -> Letterhead:
    return Letterhead(tenant.legal_name or tenant.name, tuple(tenant.address.splitlines()), tenant.tax_number)


def address(frozen: dict[str, Any], who: str) -> Address:
    code = frozen[f"{who}_country"]
    return Address(
        name=frozen[f"{who}_name"],
        lines=tuple(frozen[f"{who}_address"]),
        country=country_name(code),
        country_code=code,
    )


def delivery_of(frozen: dict[str, Any]) -> Delivery:
    return Delivery(
        partials_allowed=frozen["partials_allowed"],
        ship_complete=frozen["ship_complete"],
        early_days=frozen["early_days"],
        late_days=frozen["late_days"],
        labels=sentences(frozen["labels"]),
        enclose=tuple(frozen["documents"]),
        packing=sentences(frozen["packing"]),
        instructions=sentences(frozen["instructions"]),
    )


def sentences(text: str) -> tuple[str, ...]:
    """One tick box for each line somebody wrote."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def pack_line(line: ShipRequestLine) -> PackLine:
    frozen = line.frozen
    return PackLine(
        number=str(line.position),
        part=frozen["sku"],
        description=frozen["description"],
        quantity=line.quantity,
        unit=frozen["unit"],
        order=frozen["order"],
        customer_po=frozen["customer_po"],
        customer_part=frozen["customer_part"],
        end_buyer=frozen["end_buyer"],
    )


def weight_of(lines: Any) -> str:
    """Net weight in kg, when every line's is known."""
    weights = [line.frozen.get("weight_kg") for line in lines]
    if any(weight is None for weight in weights):
        return ""
    return f"{sum(float(weight) for weight in weights):,.2f} kg net"


def render_packet(job: JobHandle) -> dict[str, Any]:
    """Job: print the packet of one ship request and keep it where its site may fetch it."""
    file = print_packet(job.payload["ship_request_id"], job.id)
    return {"file_id": file.pk, "summary": file.name.removesuffix(".pdf")}


def packet_for_mail(job: JobHandle) -> dict[str, Any]:
    """Job: print the packet that a mail carries, unless it is printed; sending it is the next job.

    Payload: `{"mail": 7, "ship_request_id": 3}`.
    """
    mail = prepare_paper_mail(
        mail_id=job.payload["mail"],
        at=job.at,
        job_id=job.id,
        print_above=lambda: print_packet(job.payload["ship_request_id"], job.id),
    )
    return mail_result(mail)


def print_packet(ship_request_id: int, job_id: int | None) -> GeneratedFile:
    """The packet's file, printed once."""
    found = ShipRequest.objects.select_for_update(of=("self",)).select_related("supersedes", "packet")
    request = found.get(pk=ship_request_id)
    if request.packet is not None:
        return request.packet
    tenant = Tenant.objects.get(pk=current_tenant_id())
    pdf = render(packet_of(request, tenant, request.released_at))
    file = store_file(
        pdf,
        kind=PACKET_KIND,
        name=f"{request.number}-rev{request.revision}.pdf",
        content_type=PDF,
        right="orders.release",
        party_id=request.site_party_id,
        job_id=job_id,
    )
    request.packet = file
    request.save(update_fields=["packet"])
    return file
