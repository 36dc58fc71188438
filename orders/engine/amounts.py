"""Moving quantity and value of one schedule, in the order's and in the reporting currency alike.

A part of an open schedule takes round(open value × part ÷ open quantity) and the last part takes the rest, so that
quantity 0 is value 0 in both currencies (`docs/domain.md`, Money).
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from orders.choices import Verb
from orders.engine.state import Event, LineState, OrderState, ScheduleState
from values.money import convert, line_value, part_value


@dataclass(frozen=True)
class Amounts:
    quantity: int
    value: int
    reporting: int | None

    def negative(self) -> "Amounts":
        return Amounts(-self.quantity, -self.value, None if self.reporting is None else -self.reporting)


def part_of(schedule: ScheduleState, quantity: int) -> Amounts:
    reporting = schedule.open_reporting
    return Amounts(
        quantity,
        part_value(schedule.open_value, quantity, schedule.open_qty),
        None if reporting is None else part_value(reporting, quantity, schedule.open_qty),
    )


def added_value(order: OrderState, line: LineState, quantity: int) -> Amounts:
    """What `quantity` more adds: the line's open quantity re-valued with it, less as it is."""
    price, open_qty = line.unit_price or Decimal(0), line.open_qty
    value = line_value(open_qty + quantity, price, order.currency) - line_value(open_qty, price, order.currency)
    return Amounts(quantity, value, in_reporting(order, line, value))


def in_reporting(order: OrderState, line: LineState, value: int) -> int | None:
    if line.booking_rate is None:
        return None
    return convert(value, order.currency, order.reporting_currency, line.booking_rate)


def move(
    order: OrderState, line: LineState, schedule: ScheduleState, verb: Verb, amounts: Amounts, **dates: Any
) -> Event:
    """Apply amounts to a schedule's open part and tell it."""
    schedule.open_qty += amounts.quantity
    schedule.open_value += amounts.value
    if amounts.reporting is None:
        schedule.open_reporting = None
    else:
        schedule.open_reporting = (schedule.open_reporting or 0) + amounts.reporting
    return tell(order, line, schedule, verb, amounts, **dates)


def tell(
    order: OrderState,
    line: LineState,
    schedule: ScheduleState,
    verb: Verb,
    amounts: Amounts | None = None,
    **facts: Any,
) -> Event:
    """An event with the schedule's state as it is now."""
    amounts = amounts or Amounts(0, 0, 0)
    return Event(
        line=line,
        schedule=schedule,
        verb=verb,
        open_qty=schedule.open_qty,
        open_value=schedule.open_value,
        unit_price=line.unit_price if line.unit_price is not None else Decimal(0),
        sell_to_id=facts.pop("sell_to_id", order.sell_to_id),
        end_buyer_id=facts.pop("end_buyer_id", line.end_buyer_id),
        quantity_delta=amounts.quantity,
        value_delta=amounts.value,
        reporting_delta=amounts.reporting,
        **facts,
    )
