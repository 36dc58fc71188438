import datetime as dt
import json
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from fulfilment.models import Shipment, ShipmentLine
from metrics.actions.run_nightly import run_nightly
from metrics.models import BacklogPosition, DailyFlow
from metrics.reports.bookings_billings_backlog import Question, bookings_billings_backlog
from metrics.verification import CHECKS, Outcome, verify_tenant
from orders.models import Invoice, Order, OrderLedger, OrderLine, Schedule
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement
from tests.fixtures import NOW
from tests.metrics.conftest import Cast
from tests.metrics.known_answer import LAST
from tests.metrics.real_orders import REQUEST, live_known_answer

NOVEMBER = dt.date(2026, 11, 1)


@pytest.fixture
def lived(cast: Cast) -> Order:
    order = live_known_answer(cast)
    run_nightly(night=LAST, at=NOW)
    return order


def failing() -> dict[str, Outcome]:
    return {outcome.name: outcome for outcome in verify_tenant() if not outcome.ok}


def test_the_real_verbs_give_the_known_answer_and_everything_foots(cast, lived):
    report = bookings_billings_backlog(cast.tenant, Question(NOVEMBER, LAST))
    figures = report.main.figures
    assert (figures.gross_bookings, figures.net_bookings, figures.billings) == (500_00, 390_00, 210_00)
    assert (figures.closing, figures.book_to_bill) == (180_00, Decimal("1.857"))
    assert {line.end_buyer.code: line.figures.closing for line in report.main.lines} == {"A": 0, "B": 180_00}
    assert failing() == {}


def test_every_check_has_run_on_an_empty_tenant_too(inside):
    assert [outcome.name for outcome in verify_tenant()] == [check.name for check in CHECKS]
    assert failing() == {}


@pytest.mark.parametrize(
    ("damage", "checks"),
    [
        (lambda: Schedule.objects.filter(split_from=None).update(shipped_qty=399), {"schedule_open", "lines"}),
        (
            lambda: Schedule.objects.filter(split_from__isnull=False).update(open_value=179_99),
            {"backlog_identity", "schedule_open", "lines"},
        ),
        (
            lambda: Schedule.objects.filter(split_from__isnull=False).update(open_reporting=180_01),
            {"backlog_identity", "schedule_open"},
        ),
        (
            lambda: Schedule.objects.filter(split_from=None).update(open_reporting=5),
            {"backlog_identity", "schedule_open", "zero_quantity"},
        ),
        (lambda: OrderLine.objects.update(open_value=1), {"lines", "orders"}),
        (lambda: OrderLine.objects.update(quantity=7), {"lines"}),
        (lambda: OrderLine.objects.update(end_buyer=None), {"dimensions"}),
        (lambda: Order.objects.update(hold_count=2), {"orders"}),
        (lambda: Invoice.objects.update(total=1), {"invoices"}),
        (lambda: Schedule.objects.filter(split_from=None).update(first_commit=LAST), {"commits"}),
        (lambda: Schedule.objects.filter(split_from__isnull=False).update(current_commit=REQUEST), {"commits"}),
        (lambda: DailyFlow.objects.filter(cancel_value__isnull=False).update(backlog_value=-1), {"flows"}),
        (lambda: BacklogPosition.objects.filter(valid_to=None).update(value=1), {"positions"}),
        (lambda: BacklogPosition.objects.filter(valid_to=None).delete(), {"positions"}),
        (lambda: DailyFlow.objects.filter(cancel_value__isnull=False).delete(), {"flows"}),
    ],
)  # fmt: skip
def test_each_kind_of_damage_is_found_by_its_checks(lived, damage, checks):
    damage()
    assert set(failing()) == checks


def test_a_cap_that_nobody_uses_up_is_named(cast, lived):
    line = make_agreement(cast.product, "1", end_buyer=cast.a, cap_qty=100, reserved_qty=40)
    (row,) = failing()["caps"].rows
    assert (row.table, row.id, row.expected, row.found) == ("pricing_agreementline", line.pk, 0, 40)


def test_a_shipment_that_says_something_else_than_the_ledger_is_named(lived):
    first, child = Schedule.objects.order_by("number")
    shipment = Shipment.objects.create(number="SH-1", order=lived, ship_date=LAST, confirmed_at=NOW)
    for schedule, quantity, value in ((first, 400, 120_00), (child, 300, 90_01)):
        ShipmentLine.objects.create(
            shipment=shipment, order_line_id=schedule.line_id, schedule=schedule, quantity=quantity, value=value
        )
    (row,) = failing()["shipments"].rows
    assert (row.id, row.what, row.expected, row.found) == (child.pk, "shipped value", 90_00, 90_01)


@contextmanager
def as_owner():
    """The one role that can take the guard off the ledger."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("ALTER TABLE orders_orderledger DISABLE TRIGGER append_only")
        yield cursor
        cursor.execute("ALTER TABLE orders_orderledger ENABLE TRIGGER append_only")
    owner.close()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_one_amount_altered_by_the_owner_makes_the_command_exit_1_and_name_the_row(aurora, kestrel, capsys):
    with tenant_scope(aurora.pk):
        live_known_answer(Cast(aurora, make_sell_to(), make_end_buyer(), make_end_buyer(), make_product()))
        run_nightly(night=LAST, at=NOW)
        row = OrderLedger.objects.get(verb="cancelled")
    call_command("verify_ledgers", "--json")
    before = json.loads(capsys.readouterr().out)
    assert before["ok"] is True
    assert [tenant["tenant"] for tenant in before["tenants"]] == ["aurora", "kestrel"]
    with as_owner() as cursor:
        cursor.execute("UPDATE orders_orderledger SET value_delta = value_delta - 1 WHERE id = %s", [row.pk])
        assert cursor.rowcount == 1
    with pytest.raises(CommandError) as refused:
        call_command("verify_ledgers", "--tenant", "aurora", "--json")
    assert refused.value.returncode == 1
    after = json.loads(capsys.readouterr().out)
    (told,) = after["tenants"]
    checks = {check["name"]: check for check in told["checks"] if not check["ok"]}
    assert (after["ok"], told["ok"]) == (False, False)
    assert set(checks) == {"backlog_identity", "schedule_open", "running_totals", "flows", "positions", "dimensions"}
    assert checks["running_totals"]["rows"][0] == {
        "table": "orders_orderledger",
        "id": row.pk,
        "name": f"order {row.order_id}, schedule {row.schedule_id}, cancelled",
        "what": "open_value",
        "expected": row.open_value - 1,
        "found": row.open_value,
    }
    assert checks["schedule_open"]["difference"] == 1
    with pytest.raises(CommandError, match="checks failed"):
        call_command("verify_ledgers", "--tenant", "aurora")
    assert f"orders_orderledger {row.pk}" in capsys.readouterr().out


def test_an_unknown_tenant_is_refused(db):
    with pytest.raises(CommandError, match="no tenant “nobody”") as refused:
        call_command("verify_ledgers", "--tenant", "nobody")
    assert refused.value.returncode == 2
