"""`manage.py import_file`: what it prints and how it exits."""

import json
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from exchange.models import ImportBatch
from parties.models import Party
from tenancy.scope import tenant_scope
from tests.exchange.files import csv_file
from tests.factories.parties import make_party

HEAD = "code,name,roles,country"
pytestmark = pytest.mark.usefixtures("aurora")


def run(path, *options, kind="parties", tenant="aurora"):
    """Exit code and the JSON object printed."""
    out, code = StringIO(), 0
    try:
        call_command("import_file", kind, str(path), "--tenant", tenant, "--json", *options, stdout=out)
    except SystemExit as stop:
        code = stop.code
    return code, json.loads(out.getvalue())


@pytest.fixture
def parties(tmp_path):
    path = tmp_path / "parties.csv"
    path.write_bytes(csv_file(HEAD, "ACME,Acme,sell_to,US", "BETA,Beta,wizard,US"))
    return path


def test_the_json_object_has_exactly_the_documented_keys(parties):
    code, report = run(parties)
    assert code == 2
    errors = parties.with_name("parties.errors.csv")
    assert report == {
        "kind": "parties",
        "file": str(parties),
        "sha256": sha256(parties.read_bytes()).hexdigest(),
        "rows": 2,
        "accepted": 1,
        "rejected": 1,
        "unchanged": 0,
        "warnings": [],
        "errors": [
            {
                "row": 3,
                "field": "roles",
                "code": "bad_choice",
                "message": "“wizard” is none of sell_to, end_buyer, ship_to, contract_manufacturer, forwarder, "
                "fulfilment_site, supplier, partner.",
            }
        ],
        "error_file": str(errors),
    }
    assert errors.read_text(encoding="utf-8-sig").splitlines()[1].startswith('BETA,Beta,wizard,US,"roles: ')


def test_all_taken_or_unchanged_exits_zero(tmp_path):
    path = tmp_path / "p.csv"
    path.write_bytes(csv_file(HEAD, "ACME,Acme,sell_to,US"))
    assert [run(path)[0], run(path)[0]] == [0, 0]
    assert run(path)[1]["unchanged"] == 1


def test_a_file_that_cannot_be_read_exits_one_and_says_why(tmp_path):
    path = tmp_path / "p.csv"
    path.write_bytes(b"code,name\nA,B\n")
    code, report = run(path)
    assert (code, report["rows"], report["error_file"]) == (1, 0, None)
    assert [(each["row"], each["code"]) for each in report["errors"]] == [(None, "missing_columns")]


def test_an_error_file_goes_where_it_is_asked_for(parties, tmp_path):
    wanted = tmp_path / "elsewhere.csv"
    assert run(parties, "--error-file", str(wanted))[1]["error_file"] == str(wanted)
    assert wanted.exists()
    assert not parties.with_name("parties.errors.csv").exists()


def test_a_dry_run_writes_no_row(parties, aurora):
    code, report = run(parties, "--dry-run")
    assert (code, report["accepted"], report["rejected"]) == (2, 0, 1)
    with tenant_scope(aurora.pk):
        assert (Party.objects.count(), ImportBatch.objects.count()) == (0, 1)


def test_a_dry_run_leaves_an_error_file_where_one_is_asked_for(parties, tmp_path):
    wanted = tmp_path / "elsewhere.csv"
    code, report = run(parties, "--dry-run", "--error-file", str(wanted))
    assert (code, report["error_file"]) == (2, str(wanted))
    assert len(wanted.read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("wishes", "FILE", "--tenant", "aurora"), "no kind “wishes”"),
        (("parties", "FILE", "--tenant", "nobody"), "no tenant “nobody”"),
        (("parties", "FILE", "--tenant", "aurora", "--partner", "GONE"), "no party “GONE”"),
        (("parties", "MISSING", "--tenant", "aurora"), "cannot be read"),
    ],
)
def test_wrong_arguments_are_named(arguments, words, parties):
    given = [
        str(parties) if a == "FILE" else str(parties.with_name("gone")) if a == "MISSING" else a for a in arguments
    ]
    with pytest.raises(CommandError, match=words):
        call_command("import_file", *given)


def test_what_came_of_a_file_is_told_in_lines(parties):
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_file", "parties", str(parties), "--tenant", "aurora", stdout=out)
    first, second, third = out.getvalue().splitlines()
    assert first == "parties.csv: 2 rows, 1 accepted, 1 rejected, 0 unchanged"
    assert second.startswith("  error: row 3 roles: “wizard” is none of")
    assert third.startswith("Rejected rows: ")


def test_a_file_goes_on_by_its_number_once_what_was_unknown_is_known(tmp_path, aurora):
    path = tmp_path / "places.csv"
    path.write_bytes(csv_file("party,code,name,purpose,address1,city,country", "ACME,HQ,Head,hub,1 St,Reno,US"))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_file", "locations", str(path), "--tenant", "aurora", stdout=out)
    with tenant_scope(aurora.pk):
        number = ImportBatch.objects.get().pk
    assert f"resume_import {number} --missing" in out.getvalue()
    listed = StringIO()
    call_command("resume_import", "last", "--tenant", "aurora", "--missing", stdout=listed)
    assert json.loads(listed.getvalue()) == [{"what": "party", "text": "ACME", "column": "party", "rows": [2]}]
    with tenant_scope(aurora.pk):
        make_party("ACME")
    report = StringIO()
    call_command("resume_import", str(number), "--tenant", "aurora", "--json", stdout=report)
    assert json.loads(report.getvalue())["accepted"] == 1
    with pytest.raises(CommandError, match="no batch “999”"):
        call_command("resume_import", "999", "--tenant", "aurora")
