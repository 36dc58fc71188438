"""The first reports of a tenant fill tables that the planner takes for empty."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from channel_inventory.statements import MANY, analyze_written


def analyzed(written):
    with CaptureQueriesContext(connection) as asked:
        analyze_written(written, "posline", "stockledger")
    return [query["sql"] for query in asked if query["sql"].startswith("ANALYZE")]


def test_the_planner_is_told_of_many_rows_and_not_bothered_with_a_few(inside):
    assert analyzed(MANY - 1) == []
    # far more than any test leaves behind
    assert len(analyzed(1_000_000_000)) == 1
