"""Files on pages: uploaded, looked at, mapped, accepted by a job, mended; and who sees whose."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exchange.choices import BatchState
from exchange.models import ColumnMap, ImportBatch
from jobs.models import JobRequest
from jobs.run import run
from parties.models import Location, Party
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.exchange.files import counts, csv_file, take
from tests.factories.parties import make_party
from tests.factories.tenancy import make_member

HEAD = "code,name,roles,country"


@pytest.fixture
def office(client, aurora, settings, tmp_path):
    """Pages of Aurora, as a member of the wanted role."""
    settings.MEDIA_ROOT = tmp_path
    return Office(client, aurora)


class Office:
    def __init__(self, client, tenant):
        self.client, self.tenant = client, tenant
        self.enter(Role.ADMIN)

    def enter(self, role, **values):
        with tenant_scope(self.tenant.pk):
            self.member = make_member(role, **values)
        self.client.force_login(self.member.user)

    def url(self, name, *args):
        return reverse(f"exchange:{name}", args=[self.tenant.slug, *args])

    def get(self, name, *args, **query):
        return self.client.get(self.url(name, *args), query)

    def post(self, name, *args, **data):
        return self.client.post(self.url(name, *args), data)

    def upload(self, content, kind="parties", **data):
        return self.post("upload", kind=kind, file=SimpleUploadedFile("some file.csv", content), **data)

    def batch(self):
        with tenant_scope(self.tenant.pk):
            return ImportBatch.objects.select_related("error_file").latest("pk")

    def work(self):
        """Do what is asked for, as a worker does."""
        with tenant_scope(self.tenant.pk):
            waiting = list(JobRequest.objects.filter(state="queued").values_list("pk", flat=True))
        return [run(self.tenant.pk, pk) for pk in waiting]

    def parties(self):
        with tenant_scope(self.tenant.pk):
            return list(Party.objects.order_by("code").values_list("code", flat=True))


def test_an_upload_shows_what_was_found_and_writes_nothing(office):
    answer = office.upload(csv_file(HEAD, "ACME,<b>Acme</b>,sell_to,US", "BETA,Beta,wizard,US"))
    batch = office.batch()
    assert answer.url == office.url("batch_detail", batch.pk)
    page = office.get("batch_detail", batch.pk)
    assert "“wizard” is none of" in page.text
    assert '<td class="bad fw-bold">wizard</td>' in page.text
    assert "Accept 1 row" in page.text
    assert "&lt;b&gt;Acme&lt;/b&gt;" in office.get("batch_detail", batch.pk, show="all").text
    assert office.parties() == []


def test_what_is_wrong_is_shown_however_many_columns_the_file_has(office):
    head = "code,name,short_name,roles,parent,country,currency,payment_terms_days,credit_limit,status"
    office.upload(csv_file(head, "ACME,Acme,,sell_to,,US,USD,30,,asleep"))
    page = office.get("batch_detail", office.batch().pk)
    assert '<td class="bad fw-bold">asleep</td>' in page.text
    assert [name for name, _ in page.context["columns"]] == [
        "code", "name", "short_name", "roles", "parent", "country", "currency", "payment_terms_days", "status",
    ]  # fmt: skip


def test_accepting_is_one_job_however_often_it_is_clicked(office):
    office.upload(csv_file(HEAD, "ACME,Acme,sell_to,US", "BETA,Beta,wizard,US"))
    batch, click = office.batch(), "6d0b9d1e-7a30-4f5e-8d52-6a9f6f9a3f11"
    for _ in range(2):
        office.post("batch_accept", batch.pk, click=click)
    assert "waiting for a worker" in office.get("batch_detail", batch.pk).text
    assert office.work() == [True]
    batch = office.batch()
    assert (batch.state, counts(batch), office.parties()) == (BatchState.ACCEPTED, (1, 1, 0, 0), ["ACME"])
    page = office.get("batch_detail", batch.pk)
    assert "Error file, 1 row" in page.text
    errors = office.client.get(reverse("jobs:download", args=["aurora", batch.error_file_id]))
    assert b"BETA,Beta,wizard,US" in b"".join(errors.streaming_content)


def test_rejected_rows_can_be_fetched_before_anything_is_taken(office):
    office.upload(csv_file(HEAD, "ACME,Acme,wizard,US", "BETA,,sell_to,DE"))
    batch = office.batch()
    page = office.get("batch_detail", batch.pk).content.decode()
    assert "Checked, nothing to take" in page
    assert office.url("batch_errors", batch.pk) in page
    answer = office.get("batch_errors", batch.pk)
    assert answer["Content-Disposition"] == 'attachment; filename="some file.errors.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "code,name,roles,country,errors"
    assert lines[1].startswith('ACME,Acme,wizard,US,"roles: ')
    assert lines[2].startswith("BETA,,sell_to,DE,name: ")
    mended = answer.content.replace(b"wizard", b"partner").replace(b"BETA,,", b"BETA,Beta,")
    office.upload(mended)
    office.post("batch_accept", office.batch().pk)
    office.work()
    assert office.parties() == ["ACME", "BETA"]


def test_a_file_without_rejected_rows_has_no_error_file(office):
    office.upload(csv_file(HEAD, "ACME,Acme,sell_to,US"))
    assert office.get("batch_errors", office.batch().pk).status_code == 404


def test_an_unreadable_file_says_why_and_is_kept(office):
    office.upload(b"%PDF-1.4\x00")
    page = office.get("batch_detail", office.batch().pk)
    assert "This is a PDF, not a table. Choose a CSV or an XLSX file." in page.text
    assert "Map columns" in page.text


def test_other_headings_are_mapped_once_and_remembered(office):
    office.upload("Kürzel;Firma;Rollen;Land\nK1;Kunde;end_buyer;DE\n".encode())
    batch = office.batch()
    assert "Required columns are missing" in office.get("batch_detail", batch.pk).text
    assert '<option value="Kürzel">' in office.get("batch_columns", batch.pk).text
    columns = {"code": "Kürzel", "name": "Firma", "roles": "Rollen", "country": "Land"}
    answers = {f"column-{name}": heading for name, heading in columns.items()}
    assert office.post("batch_columns", batch.pk, **{**answers, "column-name": "Kürzel"}).status_code == 422
    assert office.post("batch_columns", batch.pk, **answers).status_code == 302
    assert office.batch().state == BatchState.READY
    with tenant_scope(office.tenant.pk):
        assert ColumnMap.objects.get().headings == columns
    office.upload("Land;Firma;Rollen;Kürzel\nDE;Zweiter;end_buyer;K2\n".encode())
    assert office.batch().state == BatchState.READY


def test_what_headings_may_mean_is_offered_beside_what_stands_under_them(office):
    office.upload(
        "Rechnung;Pos.;Datum;Artikel-Nr.;Menge;Preis;Währung;Kunde\nR1;1;2026-11-03;AB;5;1.5;EUR;Weiß AG\n".encode(),
        "pos",
    )
    batch = office.batch()
    detail = office.get("batch_detail", batch.pk).text
    assert "Which heading means what?" in detail
    page = office.get("batch_columns", batch.pk).text
    boxes = re.findall(r'<select name="column-(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    chosen = {name: found[1] for name, box in boxes if (found := re.search(r'value="([^"]+)" selected', box))}
    assert chosen["invoice_number"] == "Rechnung"
    assert chosen["end_buyer_name"] == "Kunde"
    assert "Kunde: Weiß AG</option>" in page
    answer = office.post(
        "batch_columns", batch.pk, **{f"column-{name}": text for name, text in chosen.items() if name != "sku"}
    )
    assert answer.status_code == 422


def test_a_file_that_waits_for_its_check_is_not_called_right(office):
    office.upload(csv_file(HEAD, *[f"P{n},{'x' * 200},sell_to,US" for n in range(1_400)]))
    page = office.get("batch_detail", office.batch().pk).text
    assert "Not checked yet" in page
    assert "Every row that was read is right" not in page


def test_the_partner_of_a_file_is_named_by_its_name_too(office):
    with tenant_scope(office.tenant.pk):
        partner = make_party("NORTH", "partner", name="Northgate Components")
    office.upload(csv_file(HEAD, "ACME,Acme,sell_to,US"), partner="northgate components")
    assert office.batch().party_id == partner.pk


def test_what_is_unknown_is_created_or_named_and_the_file_goes_on(office):
    lines = "NEW CO,HQ,Head,ship_to,1 St,Reno,US", "Old friend,HQ,Head,ship_to,1 St,Reno,US"
    with tenant_scope(office.tenant.pk):
        friend = make_party("FRIEND")
    office.upload(csv_file("party,code,name,purpose,address1,city,country", *lines), kind="locations")
    batch = office.batch()
    page = office.get("batch_missing", batch.pk)
    assert "NEW CO" in page.text
    given = {
        "party-NEW CO-choice": "create",
        "party-NEW CO-code": "NEWCO",
        "party-NEW CO-name": "New Company",
        "party-NEW CO-country": "XX",
        "party-Old friend-choice": "same",
        "party-Old friend-target": "NOBODY",
    }
    wrong = office.post("batch_missing", batch.pk, **given)
    assert (wrong.status_code, office.parties()) == (422, ["FRIEND"])
    given["party-NEW CO-country"] = "us"
    still = office.post("batch_missing", batch.pk, **given)
    assert (still.status_code, office.parties()) == (422, ["FRIEND"])
    assert "There is no party “NOBODY”." in still.text
    given["party-Old friend-target"] = "FRIEND"
    assert office.post("batch_missing", batch.pk, **given).status_code == 302
    assert office.batch().state == BatchState.READY
    office.post("batch_accept", batch.pk)
    office.work()
    with tenant_scope(office.tenant.pk):
        owners = Location.objects.order_by("pk").values_list("party__code", flat=True)
        assert sorted(owners) == ["FRIEND", "NEWCO"]
        assert friend.aliases.get().alias == "Old friend"


def test_templates_and_exports_come_in_both_forms(office):
    with tenant_scope(office.tenant.pk):
        make_party("ACME", "sell_to", name="Acme")
    template = office.get("template", kind="parties", **{"as": "csv"})
    assert template.content.decode("utf-8-sig").strip().startswith("code,name,short_name,roles")
    assert b"ACME,Acme" in office.get("export", kind="parties", **{"as": "csv"}).content
    assert office.get("export", kind="parties", **{"as": "xlsx"}).content.startswith(b"PK")
    assert office.get("export", kind="wishes", **{"as": "csv"}).status_code == 404
    assert office.get("export", kind="parties", **{"as": "exe"}).status_code == 404


def test_a_discarded_file_takes_no_more(office):
    office.upload(csv_file(HEAD, "ACME,Acme,sell_to,US"))
    batch = office.batch()
    assert office.post("batch_discard", batch.pk).status_code == 302
    assert office.batch().state == BatchState.DISCARDED
    assert office.post("batch_check", batch.pk).status_code == 422


def test_an_unknown_partner_is_said_beside_its_field(office):
    answer = office.upload(csv_file(HEAD, "ACME,Acme,sell_to,US"), partner="GONE")
    assert answer.status_code == 422
    assert "There is no party “GONE”." in answer.text


def test_finance_sees_files_and_may_not_take_master_data(office):
    with tenant_scope(office.tenant.pk):
        batch = take("parties", csv_file(HEAD, "ACME,Acme,sell_to,US"), is_dry_run=True)
    office.enter(Role.FINANCE)
    assert office.get("batch_detail", batch.pk).status_code == 200
    assert office.post("batch_accept", batch.pk).status_code == 403
    assert office.upload(csv_file(HEAD, "ACME,Acme,sell_to,US")).status_code == 422


def test_ids_of_another_tenant_do_not_exist(office, kestrel):
    with tenant_scope(kestrel.pk):
        theirs = take("parties", csv_file(HEAD, "KES,Theirs,sell_to,US"), is_dry_run=True)
    names = ("batch_detail", "batch_accept", "batch_check", "batch_columns", "batch_discard", "batch_missing")
    assert {office.get(name, theirs.pk).status_code for name in names} == {404}
    assert {office.post(name, theirs.pk).status_code for name in names[1:]} == {404}


def kinds_offered(page):
    return re.findall(r'<option value="([^"]+)"', page.text.partition('name="kind"')[2].partition("</select>")[0])


def test_the_kind_of_a_file_is_said_in_words_and_chosen_among_what_one_sees(office):
    office.upload(csv_file(HEAD, "ACME,Acme,sell_to,US"))
    page = office.get("batch_list", kind="parties")
    assert "<td>Parties</td>" in re.sub(r"<td[^>]*>", "<td>", page.text)
    assert "products" in kinds_offered(page)
    with tenant_scope(office.tenant.pk):
        party = make_party("PARTNER")
    office.enter(Role.PARTNER, party_id=party.pk)
    assert kinds_offered(office.get("batch_list")) == ["orders", "pos", "stock"]
