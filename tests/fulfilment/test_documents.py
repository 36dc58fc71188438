"""The packet on paper: frozen terms, whatever happens to rules, terms, accounts and parties afterwards."""

import io

from pypdf import PdfReader

from fulfilment.documents import packet_of, render_packet
from jobs.files import open_file
from jobs.handle import JobHandle
from jobs.models import JobRequest
from parties.models import Location, Party
from shipping.models import FreightAccount, ShippingRule, ShippingTerms
from tests.factories.tenancy import make_member
from tests.fixtures import NOW
from tests.fulfilment.walk import heavy_world, release, some_order
from ui.documents.ship_request import render

TOLD = (
    "7N-448-2201",
    "Transvia Air Freight",
    "Economy Air",
    "Northgate Components",
    "Kaskade Spedition",
    "FCA Penang",
    "78701",
    "AUR-1",
    "4,000",
)


def words(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_the_packet_tells_exactly_the_frozen_terms_after_every_edit(world, inside):
    heavy_world(world)
    request = release(world, some_order(world, 4_000))
    before = words(render(packet_of(request, inside, NOW)))
    for text in TOLD:
        assert text in before, text
    assert "1.20" not in before
    ShippingTerms.objects.filter(code="HEAVY").update(service="Priority", instructions="Throw it", named_place="Rome")
    FreightAccount.objects.update(number="CHANGED", payer_postcode="00000")
    ShippingRule.objects.update(is_active=False)
    Party.objects.update(name="Renamed")
    Location.objects.update(address1="Elsewhere 1", name="Moved")
    request.refresh_from_db()
    assert words(render(packet_of(request, inside, NOW))) == before


def test_a_release_asks_for_the_packet_once_and_the_job_keeps_it(world, inside, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    request = release(world, some_order(world))
    job = JobRequest.objects.get(kind="ship_request_packet")
    assert job.payload == {"ship_request_id": request.pk}
    result = render_packet(handle_of(job))
    request.refresh_from_db()
    assert result["file_id"] == request.packet_id
    assert (request.packet.right, request.packet.party_id) == ("orders.release", request.site_party_id)
    with open_file(request.packet) as stored:
        assert request.number in words(stored.read())


def handle_of(job: JobRequest):
    return JobHandle(
        id=job.pk, tenant_id=job.tenant_id, kind=job.kind, payload=job.payload, requested_by_id=None, party_id=None,
        attempt=1, max_attempts=5, at=NOW, report=lambda done, total, note: None,
    )  # fmt: skip


def test_the_instruction_is_looked_at_on_the_order(world, inside, client):
    order = some_order(world)
    request = release(world, order)
    client.force_login(world.by.user)
    address = f"/aurora/ship-requests/{request.pk}/preview/"
    assert f'src="{address}"' in client.get(f"/aurora/orders/{order.pk}/deliveries/").text
    shown = client.get(address)
    assert f"Ship request {request.number}" in shown.text
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert "style=" not in shown.text
    assert '<link rel="icon"' in shown.text, "or the browser asks for one that is not there"
    client.force_login(make_member("finance").user)
    assert client.get(address).status_code == 403
    assert address not in client.get(f"/aurora/orders/{order.pk}/deliveries/").text
