"""The whole way of a file: kept, read, checked, previewed, accepted, and what comes back."""

import csv
import io

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from exchange.actions.accept_batch import accept_batch
from exchange.actions.check_batch import BatchClosed, check_batch
from exchange.actions.discard_batch import AlreadyTaken, discard_batch
from exchange.actions.import_file import import_file
from exchange.actions.save_column_map import BadColumnMap, save_column_map
from exchange.choices import BatchState, RowState
from exchange.downloads import export_bytes
from exchange.errors import UnknownKind
from exchange.kinds import kind_named
from exchange.models import ImportBatch, ImportRow
from jobs.files import open_file
from parties.models import Party
from tests.exchange.files import codes, counts, csv_file, take, xlsx_file
from tests.factories.parties import make_party
from tests.fixtures import NOW

pytestmark = pytest.mark.usefixtures("inside")

HEAD = "code,name,roles,country"


def errors_of(batch: ImportBatch) -> bytes:
    with open_file(batch.error_file) as file:
        return file.read()


def test_good_rows_are_in_and_bad_rows_come_back():
    batch = take("parties", csv_file(HEAD, "ACME,Acme Inc,sell_to,US", "BETA,Beta,wizard,US", "GAMMA,,sell_to,XX"))
    assert counts(batch) == (1, 2, 0, 0)
    assert (batch.state, batch.row_count) == (BatchState.ACCEPTED, 3)
    assert codes(batch) == [(3, "roles", "bad_choice"), (4, "name", "missing"), (4, "country", "bad_country")]
    assert list(Party.objects.values_list("code", flat=True)) == ["ACME"]
    lines = list(csv.DictReader(io.StringIO(errors_of(batch).decode("utf-8-sig"))))
    assert [(line["code"], line["roles"]) for line in lines] == [("BETA", "wizard"), ("GAMMA", "sell_to")]
    assert lines[1]["errors"].startswith("name: name is required. | country: “XX”")


def test_a_mended_error_file_goes_in_and_its_reasons_are_ignored():
    batch = take("parties", csv_file(HEAD, "ACME,Acme,sell_to,US", "BETA,Beta,wizard,US", separator=";"))
    mended = errors_of(batch).decode("utf-8-sig").replace("wizard", "partner")
    assert mended.splitlines()[0] == "code;name;roles;country;errors"
    again = take("parties", mended)
    assert counts(again) == (1, 0, 0, 0)


def test_an_xlsx_comes_back_as_xlsx():
    batch = take("parties", xlsx_file([HEAD.split(","), ["BETA", "Beta", "wizard", "US"]]))
    assert batch.error_file.name == "parties.errors.xlsx"
    assert codes(take("parties", errors_of(batch))) == [(2, "roles", "bad_choice")]


def test_a_heading_of_an_error_file_is_no_formula_and_is_known_when_it_comes_back():
    link = '=HYPERLINK("http://bad.example")'
    heading = '"' + link.replace('"', '""') + '"'
    batch = take("parties", csv_file(f"{HEAD},{heading}", "BETA,Beta,wizard,US,x"))
    again = errors_of(batch)
    assert next(csv.reader(io.StringIO(again.decode("utf-8-sig"))))[4] == f"'{link}"
    assert list(take("parties", again).mapping["columns"])[4] == link


def test_the_same_file_twice_changes_nothing():
    content = csv_file(HEAD, "ACME,Acme,sell_to,US", "BETA,Beta,partner|end_buyer,DE")
    assert counts(take("parties", content)) == (2, 0, 0, 0)
    assert counts(take("parties", content)) == (0, 0, 2, 0)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_imported_again_changes_nothing(ending):
    take(
        "parties",
        csv_file(HEAD + ",credit_limit,parent", "ACME,=cmd|x,sell_to,US,1000.5,", "B,+1 Beta,partner,DE,,ACME"),
    )
    exported = export_bytes(kind_named("parties"), ending)
    assert counts(take("parties", exported)) == (0, 0, 2, 0)
    assert Party.objects.get(code="ACME").name == "=cmd|x"


def test_formulas_leave_neutralised():
    take("parties", csv_file(HEAD, "ACME,=1+1,sell_to,US"))
    assert b"'=1+1" in export_bytes(kind_named("parties"), "csv")
    batch = take("parties", csv_file(HEAD, "BETA,@SUM(A1),wizard,US"))
    assert b"'@SUM(A1)" in errors_of(batch)


def test_a_dry_run_shows_what_would_happen_and_writes_nothing():
    make_party("ACME", "sell_to", name="Acme")
    content = csv_file(HEAD, "ACME,Acme renamed,sell_to,US", "BETA,Beta,sell_to,US", "GAMMA,Gamma,sell_to,??")
    batch = take("parties", content, is_dry_run=True)
    rows = ImportRow.objects.filter(batch=batch).order_by("number").values_list("state", "change")
    assert list(rows) == [("good", "update"), ("good", "create"), ("bad", "")]
    assert (batch.state, Party.objects.count()) == (BatchState.READY, 1)


def test_a_preview_is_judged_anew_when_it_is_accepted():
    batch = take("parties", csv_file(HEAD, "ACME,Acme,sell_to,US"), is_dry_run=True)
    make_party("ACME", "sell_to", name="Acme", short_name="Acme")
    accepted = accept_batch(batch_id=batch.pk, accept_warnings=False, by=None, at=NOW)
    assert counts(accepted) == (0, 0, 1, 0)


def test_accepting_twice_takes_once():
    batch = take("parties", csv_file(HEAD, "ACME,Acme,sell_to,US"))
    again = accept_batch(batch_id=batch.pk, accept_warnings=False, by=None, at=NOW)
    assert counts(again) == (1, 0, 0, 0)


def test_refused_rows_go_on_without_a_new_upload_once_their_cause_is_gone():
    batch = take(
        "locations", "party,code,name,purpose,address1,city,country\nACME,HQ,Acme HQ,ship_to,1 Main St,Reno,US\n"
    )
    assert codes(batch) == [(2, "party", "unknown_party")]
    make_party("ACME", "sell_to")
    assert check_batch(batch_id=batch.pk, by=None, at=NOW).state == BatchState.READY
    assert counts(accept_batch(batch_id=batch.pk, accept_warnings=False, by=None, at=NOW)) == (1, 0, 0, 0)


def test_a_discarded_file_is_closed_and_one_with_taken_rows_cannot_be_discarded():
    batch = take("parties", csv_file(HEAD, "ACME,Acme,sell_to,US"), is_dry_run=True)
    discard_batch(batch_id=batch.pk)
    with pytest.raises(BatchClosed):
        accept_batch(batch_id=batch.pk, accept_warnings=False, by=None, at=NOW)
    taken = take("parties", csv_file(HEAD, "ACME,Acme,sell_to,US"))
    with pytest.raises(AlreadyTaken):
        discard_batch(batch_id=taken.pk)


def test_a_file_that_cannot_be_read_is_kept_and_says_why():
    batch = take("parties", "code,title\nACME,Acme\n")
    assert batch.state == BatchState.FAILED
    assert batch.message.startswith("Required columns are missing: name, roles, country. The file has: code, title")
    with open_file(batch.file) as file:
        assert file.read() == b"code,title\nACME,Acme\n"


def test_extra_columns_are_kept_as_received_and_ignored():
    take("parties", csv_file(HEAD + ",remark", "ACME,Acme,sell_to,US,=HYPERLINK(1)"))
    assert ImportRow.objects.get().source["remark"] == "=HYPERLINK(1)"


def test_a_key_that_stands_twice_refuses_the_later_row():
    batch = take("parties", csv_file(HEAD, "ACME,Acme,sell_to,US", "acme,Other,sell_to,US"))
    assert (counts(batch), codes(batch)) == ((1, 1, 0, 0), [(3, "code", "repeated_row")])


def test_columns_and_formats_of_a_sender_are_remembered():
    partner = make_party("NORTH", "partner")
    save_column_map(
        kind="parties",
        party_id=partner.pk,
        headings={"code": "Kunde", "name": "Bezeichnung", "credit_limit": "Limit"},
        date_format="",
        decimal_comma=True,
    )
    content = "Kunde;Bezeichnung;roles;country;Limit\nK1;Kunde Eins;end_buyer;DE;1.000,50\n"
    assert counts(take("parties", content, party_id=partner.pk)) == (1, 0, 0, 0)
    assert str(Party.objects.get(code="K1").credit_limit) == "1000.500"
    # a file in our own columns is not forced into that map
    assert counts(take("parties", csv_file(HEAD, "K2,Two,end_buyer,DE"), party_id=partner.pk)) == (1, 0, 0, 0)


def test_a_map_names_columns_that_exist_and_each_heading_once():
    for headings in ({"color": "Farbe"}, {"code": "Kunde", "name": "kunde"}):
        with pytest.raises(BadColumnMap):
            save_column_map(kind="parties", party_id=None, headings=headings, date_format="", decimal_comma=False)
    with pytest.raises(BadColumnMap):
        save_column_map(kind="parties", party_id=None, headings={}, date_format="%H", decimal_comma=False)


def test_an_unknown_kind_is_refused_by_name():
    with pytest.raises(UnknownKind, match="Known: parties"):
        import_file(kind="wishes", name="x.csv", content=b"x", by=None, at=NOW)


def test_twenty_thousand_rows_take_a_bounded_number_of_queries():
    def queries(rows: int) -> int:
        lines = (f"P{rows}-{n},Party number {n},sell_to|end_buyer,US" for n in range(rows))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            batch = take("parties", csv_file(HEAD, *lines))
        assert batch.accepted_count == rows
        return len(captured)

    few, many = queries(200), queries(20_000)
    # only the chunks of the bulk statements grow: 5,000 staged and saved, 2,000 written at a time
    assert many - few <= 25
    assert many < 70


def test_the_rows_of_a_file_that_is_taken_at_once_are_written_once():
    with CaptureQueriesContext(connection) as captured:
        take("parties", csv_file(HEAD, "P-1,Party one,sell_to,US", "P-2,Party two,nobody,US"))
    texts = [query["sql"] for query in captured]
    assert sum("INSERT INTO exchange_importrow" in text for text in texts) == 1
    assert not any("UPDATE exchange_importrow" in text for text in texts)
    states = ImportRow.objects.order_by("number").values_list("state", "source__name")
    assert list(states) == [("taken", "Party one"), ("bad", "Party two")]


def test_rows_that_were_taken_say_so():
    take("parties", csv_file(HEAD, "ACME,Acme,sell_to,US"))
    assert ImportRow.objects.get().state == RowState.TAKEN


def test_an_accept_that_dies_in_the_middle_leaves_nothing_and_is_done_once_when_repeated():
    batch = take("parties", csv_file(HEAD, "ACME,Acme,sell_to,US", "BETA,Beta,wizard,US"), is_dry_run=True)

    class Killed(BaseException):
        pass

    def die_at_the_end(done, total, note):
        if note == "Written":
            raise Killed

    with pytest.raises(Killed), transaction.atomic():
        accept_batch(batch_id=batch.pk, accept_warnings=False, by=None, at=NOW, progress=die_at_the_end)
    assert not Party.objects.exists()
    assert ImportBatch.objects.get().state == BatchState.READY
    for _ in range(2):
        accept_batch(batch_id=batch.pk, accept_warnings=False, by=None, at=NOW)
    assert counts(ImportBatch.objects.get()) == (1, 1, 0, 0)
    assert Party.objects.count() == 1
