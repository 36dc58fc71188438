"""An order as it comes in, from a form, a file or an X12 850, before it is checked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from orders.choices import OrderSource, OrderType


@dataclass(frozen=True)
class LineEntry:
    """One line asked for. Without `schedules` the whole quantity is due on `request_date`."""

    product_id: int
    quantity: int
    request_date: date
    line_no: int | None = None
    end_buyer_id: int | None = None
    ship_to_id: int | None = None
    ship_from_id: int | None = None
    commit_date: date | None = None
    customer_part: str = ""
    customer_price: Decimal | None = None
    override_price: Decimal | None = None
    override_reason: str = ""
    cited_agreement: str = ""
    project: str = ""
    reported_end_buyer: str = ""
    reported_ship_to: str = ""
    blanket_line_id: int | None = None
    schedules: tuple[tuple[int, date, date | None], ...] = ()

    @property
    def parts(self) -> tuple[tuple[int, date, date | None], ...]:
        """(quantity, request date, commit date) of each schedule."""
        return self.schedules or ((self.quantity, self.request_date, self.commit_date),)


@dataclass(frozen=True)
class OrderEntry:
    """`accept_old_dates` is set for files whose old dates somebody has accepted; typed ones are refused."""

    sell_to_id: int
    customer_po: str
    order_date: date
    currency: str
    lines: tuple[LineEntry, ...]
    bill_to_id: int | None = None
    order_type: str = OrderType.STANDARD
    blanket_id: int | None = None
    valid_to: date | None = None
    source: str = OrderSource.FORM
    import_batch_id: int | None = None
    default_end_buyer_id: int | None = None
    default_ship_to_id: int | None = None
    default_request_date: date | None = None
    accept_old_dates: bool = False


@dataclass(frozen=True)
class EntryProblem:
    """What is wrong with one field; `line` is the index of the line, None for the header, `part` of its schedule."""

    line: int | None
    field: str
    code: str
    message: str
    part: int | None = None


class EntryRefused(ValueError):
    """The order cannot be entered as it is; every problem is named at its field."""

    def __init__(self, problems: list[EntryProblem]):
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def po_key(customer_po: str) -> str:
    """How PO numbers are compared: upper case, without blanks."""
    return "".join(customer_po.split()).upper()[:60]
