"""Statements with their values bound on the server."""

import pytest

from tenancy.prepared import fetch_planned, fetch_prepared, numbered


def test_names_become_numbers_and_a_name_keeps_its_number():
    assert numbered("SELECT %(b)s, %(a)s, %(b)s, 7 %% 2") == (b"SELECT $1, $2, $1, 7 % 2", ("b", "a"))


@pytest.mark.django_db
@pytest.mark.parametrize("fetch", [fetch_prepared, fetch_planned])
def test_values_reach_the_server_and_rows_come_as_asked(fetch):
    statement = "SELECT %(text)s::text, %(numbers)s::bigint[], 7 %% 2"
    values = {"text": "O'Neill 50 %", "numbers": "{1,NULL}"}
    assert fetch(statement, values) == [("O'Neill 50 %", [1, None], 1)]
    assert fetch(statement, values, make=len) == [3]


@pytest.mark.django_db
def test_a_batch_is_planned_for_its_values_whatever_was_forbidden_before():
    fetch_prepared("SELECT 1", {}, is_planned_once=True)
    plan = fetch_planned("EXPLAIN (COSTS OFF) SELECT 1 WHERE %(asked)s::int = 2", {"asked": 3})
    assert ("  One-Time Filter: false",) in plan
