import datetime as dt

from metrics.actions.run_nightly import run_nightly
from metrics.models import BacklogPosition, DailyFlow, SnapshotRun
from orders.models import OrderLedger
from tests.fixtures import NOW, TODAY
from tests.metrics.known_answer import LAST, write_known_answer
from tests.metrics.oracle import closing
from tests.metrics.snapshots import positions_on, whole_snapshot
from tests.metrics.writer import make_slot

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


def test_the_known_answer_lies_in_flows_and_positions_to_the_cent(cast):
    write_known_answer(cast)
    run = run_nightly(night=LAST, at=NOW)
    flows = DailyFlow.objects.all()
    assert sum((f.booked_value or 0) + (f.increase_value or 0) for f in flows) == 500_00
    assert sum(f.price_value or 0 for f in flows) == -50_00
    assert sum(f.cancel_value or 0 for f in flows) == -60_00
    assert sum(f.invoiced_value or 0 for f in flows) == 210_00
    assert sum(f.transfer_value or 0 for f in flows) == 0
    after = positions_on(LAST)
    assert after == {(cast.sell_to.pk, cast.b.pk, cast.product.pk, "USD"): (600, 180_00, 180_00, 0, 0)}
    before = positions_on(LAST - DAY)
    assert before == {(cast.sell_to.pk, cast.a.pk, cast.product.pk, "USD"): (600, 180_00, 180_00, 0, 0)}
    assert run.is_reconciled
    assert run.reconciliation["USD"]["ledger"] == run.reconciliation["USD"]["snapshot"] == 180_00
    # the two split rows stand in no flow
    assert (run.ledger_rows, run.flow_rows) == (8, 8)


def test_every_day_of_the_snapshot_is_what_the_oracle_says(cast):
    write_known_answer(cast)
    run_nightly(night=LAST, at=NOW)
    rows = list(OrderLedger.objects.all())
    for n in range(-8, 3):
        day = LAST + n * DAY
        assert positions_on(day) == {key: p.facts() for key, p in closing(rows, day).items()}


def test_a_second_run_writes_nothing_and_is_recorded(cast):
    write_known_answer(cast)
    run_nightly(night=LAST, at=NOW)
    made = list(DailyFlow.objects.values_list("pk", flat=True)), list(BacklogPosition.objects.values_list("pk"))
    again = run_nightly(night=LAST, at=NOW + HOUR)
    assert made == (
        list(DailyFlow.objects.values_list("pk", flat=True)),
        list(BacklogPosition.objects.values_list("pk")),
    )
    assert again.is_reconciled
    assert again.position_rows == 0
    assert SnapshotRun.objects.count() == 2


def test_a_late_row_changes_its_own_day_and_every_position_after_it(cast):
    slot = make_slot(cast.sell_to, cast.a, cast.product)
    slot.write("booked", 10, 100, day=TODAY - 9 * DAY, at=NOW - 9 * DAY)
    slot.write("shipped", -4, -40, day=TODAY - 5 * DAY, at=NOW - 5 * DAY)
    run_nightly(night=TODAY - 5 * DAY, at=NOW - 4 * DAY)
    slot.write("cancelled", -1, -10, day=TODAY - 7 * DAY, at=NOW)
    run = run_nightly(night=TODAY, at=NOW + HOUR)
    assert run.days == [(TODAY - 7 * DAY).isoformat()]
    key = (cast.sell_to.pk, cast.a.pk, cast.product.pk, "USD")
    assert [positions_on(TODAY - n * DAY).get(key, (0, 0))[1] for n in (10, 9, 8, 7, 6, 5, 4, 0)] == [
        0, 100, 100, 90, 90, 50, 50, 50,
    ]  # fmt: skip


def test_only_days_with_news_are_made_anew(cast):
    slot = make_slot(cast.sell_to, cast.a, cast.product)
    slot.write("booked", 10, 100, day=TODAY - 3 * DAY, at=NOW - 3 * DAY)
    run_nightly(night=TODAY - 3 * DAY, at=NOW - 2 * DAY)
    slot.write("shipped", -10, -100, day=TODAY, at=NOW)
    run = run_nightly(night=TODAY, at=NOW)
    assert run.days == [TODAY.isoformat()]
    assert positions_on(TODAY) == {(cast.sell_to.pk, cast.a.pk, cast.product.pk, "USD"): (0, 0, 0, 0, 100)}


def test_a_row_recorded_after_the_run_waits_for_the_next_one(cast):
    slot = make_slot(cast.sell_to, cast.a, cast.product)
    slot.write("booked", 10, 100, day=TODAY, at=NOW + HOUR)
    assert run_nightly(night=TODAY, at=NOW).reconciliation == {}
    assert run_nightly(night=TODAY, at=NOW + 2 * HOUR).reconciliation["USD"]["snapshot"] == 100


def test_a_row_that_became_visible_late_is_found_by_the_overlap(cast):
    slot = make_slot(cast.sell_to, cast.a, cast.product)
    slot.write("booked", 10, 100, day=TODAY, at=NOW - 3 * HOUR)
    run_nightly(night=TODAY, at=NOW)
    slot.write("qty_increased", 5, 50, day=TODAY, at=NOW - HOUR)
    assert positions_on(TODAY)[cast.sell_to.pk, cast.a.pk, cast.product.pk, "USD"][1] == 100
    run = run_nightly(night=TODAY, at=NOW + HOUR)
    assert positions_on(TODAY)[cast.sell_to.pk, cast.a.pk, cast.product.pk, "USD"][1] == 150
    assert run.is_reconciled


def test_a_row_from_before_the_overlap_is_found_because_the_run_does_not_reconcile(cast):
    slot = make_slot(cast.sell_to, cast.a, cast.product)
    slot.write("booked", 10, 100, day=TODAY - DAY, at=NOW - 30 * HOUR)
    run_nightly(night=TODAY, at=NOW)
    slot.write("qty_increased", 5, 50, day=TODAY - DAY, at=NOW - 20 * HOUR)
    run = run_nightly(night=TODAY, at=NOW + HOUR)
    assert run.days == [(TODAY - DAY).isoformat()]
    assert run.is_reconciled
    assert positions_on(TODAY)[cast.sell_to.pk, cast.a.pk, cast.product.pk, "USD"][1] == 150


def test_damaged_flows_and_positions_are_mended_by_the_next_run(cast):
    write_known_answer(cast)
    run_nightly(night=LAST, at=NOW)
    right = whole_snapshot()
    DailyFlow.objects.filter(cancel_value__isnull=False).update(cancel_value=-1, backlog_value=-1)
    BacklogPosition.objects.filter(valid_to__isnull=True).update(value=7)
    assert run_nightly(night=LAST, at=NOW + 9 * HOUR).is_reconciled
    assert whole_snapshot() == right


def test_blanket_and_consignment_rows_count_for_nothing_samples_for_their_quantity(cast):
    for order_type in ("blanket", "consignment"):
        make_slot(cast.sell_to, cast.a, cast.product, order_type=order_type).write("booked", 10, 100, day=TODAY)
    make_slot(cast.sell_to, cast.b, cast.product, order_type="sample").write("booked", 3, 0, day=TODAY)
    assert run_nightly(night=TODAY, at=NOW).is_reconciled
    assert positions_on(TODAY) == {(cast.sell_to.pk, cast.b.pk, cast.product.pk, "USD"): (3, 0, 0, 0, 0)}


def test_a_line_without_a_rate_stays_out_of_the_reporting_value_and_is_told(cast):
    make_slot(cast.sell_to, cast.a, cast.product, currency="EUR", rate=2).write("booked", 1, 100, day=TODAY)
    make_slot(cast.sell_to, cast.a, cast.product, currency="EUR", rate=None).write("booked", 1, 30, day=TODAY)
    run = run_nightly(night=TODAY, at=NOW)
    assert positions_on(TODAY) == {(cast.sell_to.pk, cast.a.pk, cast.product.pk, "EUR"): (2, 130, 200, 30, 0)}
    assert run.reconciliation["EUR"]["reporting_difference"] == 0


def test_an_empty_ledger_makes_an_empty_snapshot(inside):
    run = run_nightly(night=TODAY, at=NOW)
    assert (run.days, run.flow_rows, run.reconciliation, run.is_reconciled) == ([], 0, {}, True)


def test_a_run_sees_no_other_tenant(cast, kestrel):
    write_known_answer(cast)
    run_nightly(night=LAST, at=NOW)
    assert set(DailyFlow._base_manager.values_list("tenant_id", flat=True)) == {cast.tenant.pk}
