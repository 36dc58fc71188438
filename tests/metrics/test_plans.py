"""A mass write leaves the planner knowing what it wrote; and a night does not hang on a planner that knows nothing."""

from django.db import connection

from metrics import statements
from metrics.actions.rebuild_snapshots import rebuild_snapshots
from metrics.actions.run_nightly import run_nightly
from metrics.models import BacklogPosition, DailyFlow
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
