from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from orders.choices import LineStatus, OrderType, Verb


class VerbRefused(ValueError):
    """The verb does not fit the state. `field` names the input to correct."""

    def __init__(self, message: str, field: str = ""):
        super().__init__(message)
        self.message, self.field = message, field


@dataclass
class ScheduleState:
    """quantity = open + shipped. Values are minor units; `open_reporting` is None where no rate was known."""

    id: int | None
    number: int
    quantity: int
    request_date: date
    open_qty: int = 0
    open_value: int = 0
    open_reporting: int | None = None
    released_qty: int = 0
    shipped_qty: int = 0
    first_commit: date | None = None
    current_commit: date | None = None
    ship_date: date | None = None
    split_from: int | None = None
    date_basis: str = "ship"

    @property
    def free_qty(self) -> int:
        """Open and not yet on a ship request."""
        return self.open_qty - self.released_qty


@dataclass
class LineState:
    id: int
    line_no: int
    product_id: int
    end_buyer_id: int | None
    unit_price: Decimal | None
    status: str = LineStatus.ENTERED
    booking_rate: Decimal | None = None
    version: int = 1
    schedules: list[ScheduleState] = field(default_factory=list)

    @property
    def quantity(self) -> int:
        return sum(schedule.quantity for schedule in self.schedules)

    @property
    def open_qty(self) -> int:
        return sum(schedule.open_qty for schedule in self.schedules)

    @property
    def open_value(self) -> int:
        return sum(schedule.open_value for schedule in self.schedules)

    @property
    def shipped_qty(self) -> int:
        return sum(schedule.shipped_qty for schedule in self.schedules)

    @property
    def is_booked(self) -> bool:
        return self.status in (LineStatus.BOOKED, LineStatus.SHIPPED)

    def schedule(self, schedule_id: int) -> ScheduleState:
        for schedule in self.schedules:
            if schedule.id == schedule_id:
                return schedule
        raise VerbRefused("This schedule is not on the line any more.", "schedule")


@dataclass
class OrderState:
    id: int
    sell_to_id: int
    currency: str
    reporting_currency: str
    order_type: str = OrderType.STANDARD
    version: int = 1
    lines: list[LineState] = field(default_factory=list)

    def line(self, line_id: int) -> LineState:
        for line in self.lines:
            if line.id == line_id:
                return line
        raise VerbRefused("This line is not on the order.", "line")

    def line_of(self, schedule_id: int) -> LineState:
        for line in self.lines:
            if any(schedule.id == schedule_id for schedule in line.schedules):
                return line
        raise VerbRefused("This schedule is not on the order.", "schedule")


@dataclass(frozen=True)
class Event:
    """One ledger row to be. `schedule` is the state object, whose id may only be known when it is written."""

    line: LineState
    schedule: ScheduleState
    verb: Verb
    open_qty: int
    open_value: int
    unit_price: Decimal
    sell_to_id: int
    end_buyer_id: int | None
    quantity_delta: int = 0
    value_delta: int = 0
    reporting_delta: int | None = 0
    from_date: date | None = None
    to_date: date | None = None

    @property
    def days(self) -> int | None:
        if self.verb == Verb.BOOKED or self.from_date is None or self.to_date is None:
            return None
        return (self.to_date - self.from_date).days
