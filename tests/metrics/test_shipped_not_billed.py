"""What has shipped and nobody is billed for, by each kind of credit."""

import datetime as dt

import pytest

from metrics.actions.run_nightly import run_nightly
from metrics.reports.bookings_billings_backlog import LEDGER, Question, bookings_billings_backlog
from metrics.verification import verify_tenant
from tests.fixtures import NOW, TODAY
from tests.metrics.writer import make_slot

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "quantity", "left"),
    [
        # the goods stay billed, at less
        ("price", 0, 60_00),
        # the invoice is taken back for three of them, and they have left
        ("quantity", 3, 60_00 + 30_00),
        # they are back: there is nothing to bill
        ("return", 3, 60_00),
    ],
)
def test_only_a_quantity_credit_leaves_goods_to_bill(cast, kind, quantity, left):
    slot = make_slot(cast.sell_to, cast.a, cast.product)
    slot.write("booked", 20, 200_00, day=TODAY - 5 * DAY)
    slot.write("shipped", -16, -160_00, day=TODAY - 4 * DAY)
    slot.write("invoiced", 10, 100_00, day=TODAY - 3 * DAY)
    slot.credit(kind, quantity, 30_00, day=TODAY)
    run_nightly(night=TODAY, at=NOW)
    for question in (Question(TODAY, TODAY), Question(TODAY, TODAY, source=LEDGER)):
        section = bookings_billings_backlog(cast.tenant, question).main
        assert (section.unbilled, section.unbilled_before) == (left, 60_00)
        assert section.figures.billings == -30_00
    slots_check = {outcome.name: outcome for outcome in verify_tenant()}["positions"]
    assert slots_check.ok
