"""The watch over the statements sees what runs, and tells what never did."""

import re

import pytest
from django.db import connection

from tests.statements import EXECUTED, Watch, never_executed, statement_files
from values.sql import load


def test_every_statement_file_is_watched():
    assert {"jobs/sql/claim_job.sql", "tenancy/sql/take_click.sql"} <= set(statement_files())


def test_a_file_that_nothing_executed_is_named():
    assert never_executed({"a/sql/x.sql": "SELECT 1", "a/sql/y.sql": "SELECT 2"}, ["a/sql/x.sql"]) == ["a/sql/y.sql"]


def test_loading_is_not_executing():
    executed = set()
    Watch(statement_files(), executed)
    load("jobs", "claim_job")
    assert executed == set()


@pytest.mark.django_db
def test_an_executed_statement_is_seen(pytestconfig):
    pytestconfig.stash[EXECUTED].discard("jobs/sql/claim_job.sql")
    values = {"tenant_id": 0, "job_id": 0, "at": "2026-11-23T00:00Z", "lease_until": "2026-11-23T00:00Z"}
    with connection.cursor() as cursor:
        cursor.execute(load("jobs", "claim_job"), values)
    assert "jobs/sql/claim_job.sql" in pytestconfig.stash[EXECUTED]


TEXT = re.compile(r"'[^']*'")


@pytest.mark.parametrize("name", sorted(statement_files()))
def test_a_file_holds_one_statement_without_gaps_to_fill(name):
    text = statement_files()[name]
    code = "\n".join(line.partition("--")[0] for line in text.splitlines())
    assert ";" not in TEXT.sub("''", code).strip().rstrip(";")
    assert "{" not in code.replace("'{", "").replace("{}", ""), "SQL is never built from pieces"
