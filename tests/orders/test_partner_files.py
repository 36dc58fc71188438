"""A partner's own upload: judged by us, shown to the partner alone, taken by our desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from exchange.models import ImportBatch, ImportRow, TradingPartner
from jobs.models import JobRequest
from jobs.run import run
from orders.models import Order
from tenancy.choices import Role
from tenancy.scope import current_scope, open_scope, tenant_scope
from tests.factories.parties import make_sell_to
from tests.factories.tenancy import make_member
from tests.orders.test_imports import file_of


@pytest.fixture
def partner(world, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    member = make_member(Role.PARTNER, party_id=world.sell_to.pk)
    client.force_login(member.user)
    return member


def url(name, *args):
    return reverse(f"exchange:{name}", args=["aurora", *args])


def upload(client, content, **data):
    file = SimpleUploadedFile("po.csv", content.encode())
    return client.post(url("upload"), {"kind": "orders", "file": file, **data})


def test_a_partner_uploads_its_orders_and_our_desk_takes_them(partner, world, client):
    page = client.get(url("upload"))
    assert 'value="orders"' in page.text
    assert 'value="parties"' not in page.text
    assert upload(client, file_of({}, {"line": "2", "sku": "GONE"})).status_code == 302
    batch = ImportBatch.objects.get()
    assert batch.party_id == world.sell_to.pk
    job = JobRequest.objects.get()
    assert run(batch.tenant_id, job.pk) is True
    page = client.get(url("batch_detail", batch.pk))
    assert "There is no product “GONE”." in page.text
    assert "Accept" not in page.text.replace("Wait for an accept", "")
    assert client.post(url("batch_accept", batch.pk)).status_code == 403
    assert client.get(url("export"), {"kind": "orders"}).status_code == 403
    client.force_login(world.by.user)
    client.post(url("batch_accept", batch.pk))
    assert run(batch.tenant_id, JobRequest.objects.latest("pk").pk) is True
    assert Order.objects.get().sell_to_id == world.sell_to.pk


def test_a_partner_cannot_order_for_another(partner, world, client):
    make_sell_to("RIVAL")
    upload(client, file_of({"sell_to": "RIVAL"}))
    run(partner.tenant_id, JobRequest.objects.get().pk)
    batch = ImportBatch.objects.get()
    assert batch.rejected_count == 1
    assert "belongs to another partner" in client.get(url("batch_detail", batch.pk)).text


@pytest.mark.parametrize("kind", ["import_check", "import_accept"])
def test_a_job_that_a_partner_forges_does_not_reach_anothers_file_nor_takes_its_own(partner, world, client, kind):
    """Jobs are the one thing that outsiders write: what they say is not believed."""
    upload(client, file_of({}))
    batch, rival = ImportBatch.objects.get(), make_sell_to("RIVAL")
    for party in (rival, world.sell_to):
        if (kind, party) == ("import_check", world.sell_to):
            continue
        with tenant_scope(partner.tenant_id, party_id=party.pk):
            job = JobRequest.objects.create(
                kind=kind, unique_key=f"forged {party.pk}", party_id=party.pk, due_at=timezone.now(),
                payload={"batch_id": batch.pk, "accept_warnings": True},
            )  # fmt: skip
        assert run(partner.tenant_id, job.pk) is False
        job.refresh_from_db()
        assert job.state == "failed"
    batch.refresh_from_db()
    assert (batch.state, Order.objects.count()) == ("received", 0)


def test_another_partner_sees_nothing_of_it_over_http_and_in_sql(partner, world, client):
    upload(client, file_of({}))
    run(partner.tenant_id, JobRequest.objects.get().pk)
    batch = ImportBatch.objects.get()
    rival = make_sell_to("RIVAL")
    client.force_login(make_member(Role.PARTNER, party_id=rival.pk).user)
    assert client.get(url("batch_detail", batch.pk)).status_code == 404
    assert "po.csv" not in client.get(url("batch_list")).text
    for party_id, seen in ((rival.pk, 0), (world.sell_to.pk, 1)):
        with tenant_scope(batch.tenant_id, party_id=party_id), connection.cursor() as cursor:
            for table in ("exchange_importbatch", "exchange_importrow"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (seen,)
    assert ImportRow.objects.count() == 1


def test_another_tenant_sees_nothing_of_it_in_sql(partner, kestrel, client):
    upload(client, file_of({}))
    assert current_scope().tenant_id == partner.tenant_id
    with open_scope(type(current_scope())(tenant_id=kestrel.pk)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM exchange_importbatch")
        assert cursor.fetchone() == (0,)


def test_trading_partners_are_entered_on_a_page(world, client):
    client.force_login(world.by.user)
    given = {"name": "North", "qualifier": "01", "identity": "123", "party": "NORTH", "unit_map": "PC = EA\nbx=BOX\n"}
    assert client.post(url("trading_partner_add"), {**given, "unit_map": "PC"}).status_code == 422
    assert client.post(url("trading_partner_add"), {**given, "party": "GONE"}).status_code == 422
    assert client.post(url("trading_partner_add"), given).status_code == 302
    partner = TradingPartner.objects.get()
    assert (partner.party_id, partner.unit_map) == (world.sell_to.pk, {"PC": "EA", "BX": "BOX"})
    assert "already" in client.post(url("trading_partner_add"), given).text
    page = client.get(url("trading_partner_edit", partner.pk))
    assert 'value="NORTH"' in page.text
    assert client.post(url("trading_partner_edit", partner.pk), {**given, "name": "N2"}).status_code == 302
    assert TradingPartner.objects.get().name == "N2"
