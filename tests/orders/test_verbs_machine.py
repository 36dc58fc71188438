"""Random sequences of verbs on an order: after each, the identities of the ledger hold.

The bookkeeping here is an oracle of its own: it sums the told deltas with plain integers and knows nothing of the
engine's arithmetic beyond the verbs' names.
"""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from types import SimpleNamespace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from orders.choices import BACKLOG_VERBS, LineStatus, Verb
from orders.engine import dates, deliveries, quantities
from orders.engine.amounts import Amounts
from orders.engine.replay import replay
from orders.engine.state import LineState, OrderState, ScheduleState, VerbRefused

DAY = dt.date(2026, 11, 23)
prices = st.decimals(min_value=0, max_value=50, places=6)
parts = st.lists(st.integers(1, 5000), min_size=1, max_size=4)
share = st.floats(0.01, 1.3)
days = st.integers(0, 400).map(lambda n: DAY + dt.timedelta(days=n))


class Verbs(RuleBasedStateMachine):
    @initialize(quantities_=parts, price=prices, rate=st.sampled_from([None, Decimal(1), Decimal("1.08337")]))
    def enter(self, quantities_, price, rate):
        schedules = [
            ScheduleState(id=number, number=number, quantity=part, request_date=DAY)
            for number, part in enumerate(quantities_, start=1)
        ]
        self.line = LineState(
            id=1, line_no=1, product_id=9, end_buyer_id=100, unit_price=price, booking_rate=rate, schedules=schedules
        )
        self.order = OrderState(id=1, sell_to_id=7, currency="EUR", reporting_currency="USD", lines=[self.line])
        self.rows: list[SimpleNamespace] = []
        self.shipments: list[tuple[int, Amounts]] = []
        self.keep(quantities.book(self.order, self.line))

    def keep(self, events):
        for event in events:
            if event.schedule.id is None:
                event.schedule.id = 1 + max(each.id or 0 for each in self.line.schedules)
            row = {name: getattr(event, name) for name in event.__dataclass_fields__}
            self.rows.append(
                SimpleNamespace(id=len(self.rows) + 1, schedule_id=event.schedule.id, line_id=event.line.id, **row)
            )

    def pick(self, index):
        open_schedules = [each for each in self.line.schedules if each.open_qty]
        return open_schedules[index % len(open_schedules)]

    def is_open(self):
        return self.line.open_qty > 0

    @precondition(is_open)
    @rule(index=st.integers(0, 9), share=share)
    def cancel(self, index, share):
        schedule = self.pick(index)
        self.keep([quantities.cancel(self.order, self.line, schedule, self.at_most(schedule, share))])

    @precondition(is_open)
    @rule(index=st.integers(0, 9), share=share)
    def decrease(self, index, share):
        schedule = self.pick(index)
        self.keep([quantities.decrease(self.order, self.line, schedule, self.at_most(schedule, share))])

    @precondition(is_open)
    @rule(index=st.integers(0, 9), more=st.integers(1, 9999))
    def increase(self, index, more):
        self.keep([quantities.increase(self.order, self.line, self.pick(index), more)])

    @precondition(is_open)
    @rule(index=st.integers(0, 9), share=share)
    def split(self, index, share):
        schedule = self.pick(index)
        if self.at_most(schedule, share) >= schedule.quantity:
            return
        _child, events = quantities.split(self.order, self.line, schedule, self.at_most(schedule, share))
        self.keep(events)

    @precondition(is_open)
    @rule(price=prices)
    def reprice(self, price):
        self.keep(quantities.change_price(self.order, self.line, price))

    @precondition(is_open)
    @rule(end_buyer=st.integers(100, 104))
    def transfer(self, end_buyer):
        if end_buyer != self.line.end_buyer_id:
            self.keep(quantities.transfer(self.order, self.line, end_buyer_id=end_buyer))

    @precondition(is_open)
    @rule(index=st.integers(0, 9), share=share)
    def ship(self, index, share):
        schedule = self.pick(index)
        quantity = max(1, int(schedule.open_qty * share))
        events = deliveries.ship(self.order, self.line, schedule, quantity, DAY)
        self.keep(events)
        gone = events[-1]
        reporting = None if gone.reporting_delta is None else -gone.reporting_delta
        self.shipments.append((schedule.id, Amounts(quantity, -gone.value_delta, reporting)))
        self.keep(
            [deliveries.invoice(self.order, self.line, schedule, Amounts(quantity, -gone.value_delta, reporting))]
        )

    @precondition(lambda self: self.shipments)
    @rule(index=st.integers(0, 9))
    def unship(self, index):
        schedule_id, shipped = self.shipments.pop(index % len(self.shipments))
        self.keep([deliveries.unship(self.order, self.line, self.line.schedule(schedule_id), shipped)])

    @precondition(is_open)
    @rule(index=st.integers(0, 9), to=days)
    def promise(self, index, to):
        self.keep(dates.commit(self.order, self.line, self.pick(index), to))

    @precondition(is_open)
    @rule(index=st.integers(0, 9), to=days)
    def ask_other_day(self, index, to):
        self.keep(dates.move_request(self.order, self.line, self.pick(index), to))

    @rule()
    def more_than_open_is_refused(self):
        schedule = self.line.schedules[0]
        before = (schedule.open_qty, schedule.open_value)
        try:
            quantities.cancel(self.order, self.line, schedule, schedule.open_qty + 1)
            raise AssertionError("cancelled more than is open")
        except VerbRefused:
            assert (schedule.open_qty, schedule.open_value) == before

    @staticmethod
    def at_most(schedule, share):
        return max(1, min(schedule.open_qty, int(schedule.open_qty * share)))

    @invariant()
    def nothing_is_negative_and_zero_quantity_is_zero_value(self):
        for schedule in self.line.schedules:
            assert schedule.open_qty >= 0
            assert schedule.open_value >= 0
            assert schedule.quantity == schedule.open_qty + schedule.shipped_qty
            if schedule.open_qty == 0:
                assert schedule.open_value == 0
                assert not schedule.open_reporting

    @invariant()
    def the_backlog_identity_holds_in_every_dimension(self):
        sums = defaultdict(int)
        for row in self.rows:
            if row.verb in BACKLOG_VERBS:
                sums[row.sell_to_id, row.end_buyer_id] += row.value_delta
        assert sum(sums.values()) == self.line.open_value
        assert sums[7, self.line.end_buyer_id] == self.line.open_value
        others = [value for key, value in sums.items() if key != (7, self.line.end_buyer_id)]
        # what shipped under an earlier end buyer stays with it; a shipment undone later comes back to the new one
        assert sum(others) == 0

    @invariant()
    def splits_and_transfers_sum_to_zero(self):
        for verb in (Verb.SPLIT, Verb.TRANSFERRED):
            assert sum(row.value_delta for row in self.rows if row.verb == verb) == 0
            assert sum(row.reporting_delta or 0 for row in self.rows if row.verb == verb) == 0

    @invariant()
    def the_ledger_alone_rebuilds_the_order(self):
        rebuilt = replay(self.rows)
        for schedule in self.line.schedules:
            again = rebuilt[schedule.id]
            assert again.problems == []
            fields = "quantity open_qty open_value shipped_qty request_date first_commit current_commit ship_date"
            for name in fields.split():
                assert getattr(again, name) == getattr(schedule, name), name

    @invariant()
    def a_line_is_done_when_nothing_is_open(self):
        is_open = self.line.status == LineStatus.BOOKED
        assert is_open == (self.line.open_qty > 0)


Verbs.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
test_random_verbs_keep_every_identity = Verbs.TestCase
