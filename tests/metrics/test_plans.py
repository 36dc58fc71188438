"""A mass write leaves the planner knowing what it wrote; a night does not hang on a planner that knows nothing; and the
lists behind the figures read no more than they show."""

import pytest
from django.db import connection
from django.http import QueryDict

from metrics import statements
from metrics.actions.rebuild_snapshots import rebuild_snapshots
from metrics.actions.run_nightly import run_nightly
from metrics.models import BacklogPosition, DailyFlow
from metrics.views.ledger_rows import LedgerRows
from metrics.views.liability import LiabilityRows
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.fixtures import NOW
from tests.metrics.conftest import Cast
from tests.metrics.known_answer import LAST, write_known_answer
from values.sql import load

ROWS_KNOWN = "SELECT reltuples FROM pg_class WHERE oid = %s::regclass"
LOOK_UP = "Index Scan Backward using metrics_backlogposition_pkey on metrics_backlogposition q"


def known(model):
    with connection.cursor() as cursor:
        cursor.execute(ROWS_KNOWN, [model._meta.db_table])
        return cursor.fetchone()[0]


def test_after_the_first_night_the_planner_knows_the_rows(cast):
    write_known_answer(cast)
    run = run_nightly(night=LAST, at=NOW)
    assert (known(DailyFlow), known(BacklogPosition)) == (run.flow_rows, run.position_rows)


def test_after_a_rebuild_the_planner_knows_the_rows(transactional_db, aurora):
    with tenant_scope(aurora.pk):
        write_known_answer(Cast(aurora, make_sell_to(), make_end_buyer(), make_end_buyer(), make_product()))
    run = rebuild_snapshots(tenant_id=aurora.pk, night=LAST, at=NOW, workers=2)
    assert (known(DailyFlow), known(BacklogPosition)) == (run.flow_rows, run.position_rows)


def test_positions_are_looked_up_by_their_key_in_a_table_taken_for_empty(inside):
    statements.do("touched_table")
    with statements.looked_up_in_order(), connection.cursor() as cursor:
        values = {"tenant": inside.pk, "first": LAST}
        cursor.execute(f"EXPLAIN {load('metrics', 'make_positions')}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert LOOK_UP in plan
    assert "Sort Key: q.valid_from" not in plan


@pytest.mark.parametrize(
    ("rows", "filters"),
    [
        (LedgerRows, {"verb": ["cancelled", "booked"]}),
        (LiabilityRows, {"entry": ["accrue", "deny"]}),
    ],
)
def test_choices_of_a_ledger_list_do_not_sort_all_that_matches(inside, rows, filters):
    asked = QueryDict(mutable=True)
    for name, values in filters.items():
        asked.setlist(name, values)
    found = rows.filterset_class(asked, queryset=rows.model.objects.all(), request=None).qs
    assert "DISTINCT" not in str(found.query)
    assert found.query.select_related is False


@pytest.mark.parametrize(
    ("table", "condition", "index"),
    [
        ("orders_orderledger", "verb = 'cancelled'", "ledger_rare_verbs"),
        ("channel_inventory_stockledger", "kind = 'scrap'", "stock_rare_kinds"),
        ("channel_inventory_posline", "quantity < 0", "pos_line_taken_back"),
        ("channel_inventory_posline", "state = 'corrected'", "pos_line_replaced"),
    ],
)
def test_what_is_rare_is_listed_newest_first_from_an_index_of_its_own(inside, table, condition, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(
            f"EXPLAIN SELECT id FROM {table} WHERE tenant_id = {inside.pk} AND {condition} ORDER BY id DESC LIMIT 51"
        )
        assert index in "\n".join(line for (line,) in cursor.fetchall())
