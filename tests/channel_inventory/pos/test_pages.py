"""Reports on pages: uploaded by a partner, seen by nobody else, taken by our desk; the lines, and the page of one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from channel_inventory.choices import PosState
from channel_inventory.models import PosLine
from exchange.choices import BatchState
from exchange.models import ImportBatch
from jobs.models import JobRequest
from jobs.run import run
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.channel_inventory.pos.reports import report, sheet
from tests.factories.catalog import make_product
from tests.factories.parties import make_sell_to
from tests.factories.tenancy import make_member


@pytest.fixture
def desk_pages(world, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(world.by.user)
    return client


def url(name, *args):
    return reverse(name, args=["aurora", *args])


def upload(client, content, kind="pos", **data):
    file = SimpleUploadedFile("week47.csv", content.encode())
    return client.post(url("exchange:upload"), {"kind": kind, "file": file, **data})


def finish(world):
    job = JobRequest.objects.latest("pk")
    assert run(world.by.tenant_id, job.pk) is True


def test_a_partner_uploads_and_our_desk_takes_what_is_good(world, desk_pages):
    client = desk_pages
    partner = make_member(Role.PARTNER, party_id=world.sell_to.pk)
    client.force_login(partner.user)
    assert 'value="pos"' in client.get(url("exchange:upload")).text
    upload(client, sheet({}, {"invoice_line": "2", "sku": "GONE"}))
    finish(world)
    batch = ImportBatch.objects.get()
    page = client.get(url("exchange:batch_detail", batch.pk)).text
    assert "unknown_product" in page
    assert "New sales" in page
    assert client.post(url("exchange:batch_accept", batch.pk)).status_code == 403
    assert client.get(url("channel_inventory:pos_list")).status_code == 403
    client.force_login(world.by.user)
    client.post(url("exchange:batch_accept", batch.pk))
    finish(world)
    assert PosLine.objects.get().partner_id == world.sell_to.pk
    client.force_login(partner.user)
    batch.refresh_from_db()
    assert b"GONE" in b"".join(client.get(url("jobs:download", batch.error_file_id)).streaming_content)


def test_a_partner_sees_its_own_reports_and_no_others(world, desk_pages):
    client = desk_pages
    batch = report(world, {}, {"invoice_line": "2", "sku": "GONE"})
    rival = make_member(Role.PARTNER, party_id=make_sell_to("RIVAL").pk)
    client.force_login(rival.user)
    for address in (url("exchange:batch_detail", batch.pk), url("jobs:download", batch.error_file_id)):
        assert client.get(address).status_code == 404
    assert "pos.csv" not in client.get(url("channel_inventory:report_list")).text
    with tenant_scope(rival.tenant_id, party_id=rival.party_id), connection.cursor() as cursor:
        for table in ("exchange_importbatch", "exchange_importrow", "channel_inventory_posline",
                      "channel_inventory_reportedendbuyer", "jobs_generatedfile"):  # fmt: skip
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
    own = make_member(Role.PARTNER, party_id=world.sell_to.pk)
    client.force_login(own.user)
    listed = client.get(url("channel_inventory:report_list")).text
    assert all(text in listed for text in ("Your reports", "pos.csv", "Point of sale"))


def test_a_partner_looks_at_what_a_file_would_do_and_takes_it_back(world, desk_pages):
    client = desk_pages
    client.force_login(make_member(Role.PARTNER, party_id=world.sell_to.pk).user)
    upload(client, sheet({"end_buyer_name": "B Company"}))
    finish(world)
    batch = ImportBatch.objects.get()
    page = client.get(url("exchange:batch_detail", batch.pk)).text
    assert "Claims to expect" in page
    assert url("exchange:batch_discard", batch.pk) in page
    assert client.post(url("exchange:batch_discard", batch.pk)).status_code == 302
    batch.refresh_from_db()
    assert batch.state == BatchState.DISCARDED
    assert not PosLine.objects.exists()
    client.force_login(make_member(Role.PARTNER, party_id=make_sell_to("RIVAL").pk).user)
    assert client.post(url("exchange:batch_discard", batch.pk)).status_code == 404


def test_a_partner_cannot_speak_for_another(world, desk_pages):
    client = desk_pages
    make_sell_to("SOUTH")
    client.force_login(make_member(Role.PARTNER, party_id=world.sell_to.pk).user)
    upload(client, sheet({"partner": "SOUTH"}))
    finish(world)
    assert ImportBatch.objects.get().rejected_count == 1


def test_the_preview_says_what_taking_the_file_will_do(world, desk_pages):
    report(world, {}, {"invoice_line": "2"}, {"invoice_line": "3"})
    upload(
        desk_pages,
        sheet(
            {},
            {"invoice_line": "2", "quantity": "90"},
            {"invoice_number": "CN-1", "quantity": "-5", "original_invoice": "INV-1/3"},
            {"invoice_number": "INV-2", "end_buyer_name": "B"},
        ),
        partner="NORTH",
    )
    batch = ImportBatch.objects.latest("pk")
    context = desk_pages.get(url("exchange:batch_detail", batch.pk)).context
    told = {each.label: each.count for each in context["foreseen"]}
    assert told == {
        "New sales": 1, "Corrections": 1, "Returns": 1, "End buyer known": 1, "To certify": 2, "Claims to expect": 1,
    }  # fmt: skip
    assert batch.unchanged_count == 1
    # 90 + 100 - 5 at 1.50
    assert context["foreseen"][0].note == "277.50 USD at resale"


def test_what_was_found_is_kept_with_the_file_until_its_rows_are_judged_again(world, desk_pages):
    upload(desk_pages, sheet({}, {"invoice_line": "2", "sku": "GONE"}), partner="NORTH")
    batch = ImportBatch.objects.latest("pk")
    page = url("exchange:batch_detail", batch.pk)
    with CaptureQueriesContext(connection) as asked:
        told = desk_pages.get(page)
    assert (told.context["good_count"], [each.code for each in told.context["findings"]]) == (1, ["unknown_product"])
    assert "judged anew when taken" in told.text
    # neither findings nor what would happen is counted from the rows
    assert not [each for each in asked if "jsonb_array_elements" in each["sql"] or "resale_price" in each["sql"]]
    make_product(sku="GONE")
    assert desk_pages.get(page).context["unknown_count"] == 1
    desk_pages.post(url("exchange:batch_check", batch.pk))
    again = desk_pages.get(page).context
    assert (again["good_count"], again["unknown_count"], again["foreseen"][0].count) == (2, 0, 2)
    desk_pages.post(url("exchange:batch_accept", batch.pk))
    finish(world)
    taken = desk_pages.get(page).context
    assert (taken["good_count"], taken["foreseen"][0].count) == (0, 2)
    # what nobody has kept is counted as it is now
    ImportBatch.objects.filter(pk=batch.pk).update(preview={})
    assert [each.count for each in desk_pages.get(page).context["foreseen"]] == [
        each.count for each in taken["foreseen"]
    ]


def test_columns_are_mapped_once_for_each_partner(world, desk_pages):
    content = sheet({}).replace("invoice_number", "Rechnung").replace("2026-11-16", "16.11.2026")
    upload(desk_pages, content, partner="NORTH")
    batch = ImportBatch.objects.get()
    chosen = {f"column-{name}": name for name in sheet({}).splitlines()[0].split(",")}
    chosen |= {"column-invoice_number": "Rechnung", "date_format": "%d.%m.%Y"}
    assert desk_pages.post(url("exchange:batch_columns", batch.pk), chosen).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.rejected_count) == ("ready", 0)
    upload(desk_pages, content.replace("INV-1", "INV-2"), partner="NORTH")
    assert ImportBatch.objects.latest("pk").state == "ready"


def test_the_list_is_filtered_and_a_line_tells_its_story(world, desk_pages):
    report(world, {}, {"invoice_number": "INV-7", "end_buyer_name": "Tarn Tools"})
    report(world, {"quantity": "80", "customer_po": "PO-9"})
    page = desk_pages.get(url("channel_inventory:pos_list"), {"state": "current", "q": "inv-1"}).text
    assert "Halden Rail" in page
    assert "Tarn Tools" not in page
    old = PosLine.objects.get(state=PosState.CORRECTED)
    page = desk_pages.get(url("channel_inventory:pos_detail", old.pk)).text
    assert "Corrected by" in page
    new = PosLine.objects.get(corrects=old)
    page = desk_pages.get(url("channel_inventory:pos_detail", new.pk)).text
    for told in ("PO-9", "Northgate Components", "Halden Rail", "to be certified", "120.00 USD"):
        assert told in page
    report(world, {"invoice_number": "INV-8", "end_buyer_name": "B Company"})
    page = desk_pages.get(url("channel_inventory:pos_detail", PosLine.objects.latest("pk").pk)).text
    # book 1.20 less the agreed 0.98
    assert "CL-100001: 22.00 USD, pending" in page
    batch = url("exchange:batch_detail", new.batch_id)
    detail = url("channel_inventory:pos_detail", new.pk)
    assert batch in desk_pages.get(detail).text
    desk_pages.force_login(make_member(Role.MANAGER).user)
    assert batch not in desk_pages.get(detail).text
    desk_pages.force_login(world.by.user)
    exported = desk_pages.get(url("channel_inventory:pos_list"), {"export": "csv"})
    assert b"INV-7" in b"".join(exported.streaming_content)


def test_who_may_not_open_files_is_not_led_to_one(world, desk_pages):
    batch = report(world, {})
    line = url("channel_inventory:pos_detail", PosLine.objects.get().pk)
    assert url("exchange:batch_detail", batch.pk) in desk_pages.get(line).text
    desk_pages.force_login(make_member(Role.MANAGER).user)
    page = desk_pages.get(line)
    assert (page.status_code, url("exchange:batch_detail", batch.pk) in page.text) == (200, False)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"q": "inv 77"}, {"Inv 77a"}),
        ({"q": "INV 7"}, {"Inv 77a", "inv 7"}),
        # blanks are none of a key's, but they are the number's own
        ({"q": "inv77"}, set()),
        ({"q": "inv-1"}, {"INV-1"}),
        ({"q": "inv-1", "state": "corrected"}, {"INV-1"}),
        ({"q": "nv"}, set()),
        ({"sku": "aur-1"}, {"Inv 77a", "inv 7", "INV-1"}),
        ({"sku": "aur"}, set()),
    ],
)
def test_lines_are_found_by_invoice_and_part_however_these_are_typed(world, desk_pages, asked, shown):
    report(world, {}, {"invoice_number": "Inv 77a"}, {"invoice_number": "inv 7"})
    # a correction: the list holds the line that it replaced, too
    report(world, {"quantity": "80"})
    exported = desk_pages.get(url("channel_inventory:pos_list"), {**asked, "export": "csv"})
    rows = b"".join(exported.streaming_content).decode().splitlines()[1:]
    assert {row.split(" /")[0] for row in rows} == shown
    if asked == {"q": "inv-1"}:
        assert len(rows) == 2
