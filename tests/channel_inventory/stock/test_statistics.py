"""The first reports of a tenant fill tables that the planner takes for empty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channel_inventory import statements
from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.statements import MANY, analyze_written
from tenancy.scope import tenant_scope
from tests.channel_inventory.sessions import beside
from tests.factories.catalog import make_product
from tests.factories.channel_stock import invoice_to
from tests.factories.parties import make_sell_to
from tests.factories.tenancy import make_tenant
from tests.fixtures import NOW


def analyzed(written):
    with CaptureQueriesContext(connection) as asked:
        analyze_written(written, "posline", "stockledger")
    return [query["sql"] for query in asked if query["sql"].startswith("ANALYZE")]


def test_the_planner_is_told_of_many_rows_and_not_bothered_with_a_few(inside):
    assert analyzed(MANY - 1) == []
    # far more than any test leaves behind
    assert len(analyzed(1_000_000_000)) == 1


def test_the_planner_is_told_of_arrivals_before_their_layers_name_them(inside, monkeypatch):
    monkeypatch.setattr(statements, "MANY", 1)
    invoice_to(make_sell_to(), make_product(), 10, "1.00")
    with CaptureQueriesContext(connection) as asked:
        assert catch_up_sell_in(at=NOW).arrived == 1
    texts = [query["sql"] for query in asked]
    told = next(no for no, text in enumerate(texts) if text.startswith("ANALYZE") and "stockledger" in text)
    named = next(no for no, text in enumerate(texts) if "INSERT INTO channel_inventory_costlayer" in text)
    assert told < named


@pytest.mark.parametrize(
    "table", ["claimline", "costlayer", "layerconsumption", "posline", "stockledger", "stockposition"]
)
def test_the_program_has_the_right_to_tell_of_each_table_it_fills(inside, table):
    """PostgreSQL only warns of a table that it leaves out for want of the right."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'MAINTAIN')", [f"channel_inventory_{table}"])
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db(transaction=True)
def test_a_report_that_looks_at_the_same_table_is_not_waited_for():
    tenant = make_tenant("race")

    def inside():
        return tenant_scope(tenant.pk)

    with inside():
        analyze_written(1_000_000_000, "posline")
        other = beside(inside, lambda: analyze_written(1_000_000_000, "posline") or "went on")
        assert other.result(timeout=20) == "went on"
