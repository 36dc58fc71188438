"""What an acknowledgement says otherwise than the customer's purchase order."""

from collections.abc import Collection, Iterator, Sequence

from orders.choices import HoldKind
from orders.models import OrderLine, Schedule
from ui.documents.letterhead import day
from ui.documents.order_acknowledgement import Difference
from values.dates import BusinessCalendar
from values.money import format_price

# what a hold is called to the customer; why we check a party or a credit is nobody's business
HOLD_WORDS: dict[str, tuple[str, str]] = {
    HoldKind.NO_PRICE: ("price", "no valid price found: on hold, we quote"),
    HoldKind.DUPLICATE_PO: ("PO number", "it is in use already: on hold, please confirm that it is meant"),
    HoldKind.END_BUYER_REQUIRED: ("end buyer", "on hold: please name the end buyer"),
    HoldKind.PRICE_DIFFERS: ("price", "on hold until the price is settled"),
}
CHECKING = ("on hold", "we check this line and come back to you")


def days_apart(asked_to_commit: int) -> str:
    if not asked_to_commit:
        return "as asked"
    return f"{abs(asked_to_commit)} {'later' if asked_to_commit > 0 else 'earlier'}"


def differences_of(
    line: OrderLine,
    schedules: Collection[Schedule],
    held: Collection[str],
    currency: str,
    calendar: BusinessCalendar,
    *,
    is_promised: bool,
) -> Iterator[Difference]:
    """`held` are the kinds of open booking holds; `is_promised` is False for a blanket, which has no commits."""
    name = f"Line {line.line_no}"
    for schedule in schedules if is_promised and not held else ():
        what = "date" if len(schedules) == 1 else f"schedule {schedule.number}"
        asked = f"you asked {day(schedule.request_date)}"
        commit = schedule.current_commit
        if commit and commit != schedule.request_date:
            apart = calendar.business_days_between(schedule.request_date, commit)
            text = f", {days_apart(apart).replace(' ', ' business days ')}" if apart else ""
            yield Difference(name, what, asked, f"we commit {day(commit)}{text}")
    yield from price_difference(name, line, currency)
    yield from (Difference(name, *in_words(kind, line, currency)) for kind in sorted(held))


def uncommitted(schedules: Collection[tuple[OrderLine, Schedule]]) -> Iterator[Difference]:
    """One row for all that still waits for a date: a new order would fill pages with them otherwise."""
    if not schedules:
        return
    numbers = sorted({line.line_no for line, _ in schedules})
    days = sorted({schedule.request_date for _, schedule in schedules})
    lines = f"Line {numbers[0]}" if len(numbers) == 1 else f"Lines {spans(numbers)}"
    asked = f"you asked {day(days[0])}" + (f" to {day(days[-1])}" if len(days) > 1 else "")
    yield Difference(lines, "no commit yet", asked, "we answer with a date")


def spans(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 → `1 to 3, 7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def price_difference(name: str, line: OrderLine, currency: str) -> Iterator[Difference]:
    theirs, ours = line.customer_price, line.unit_price
    if theirs is not None and ours is not None and theirs != ours:
        asked = f"your PO says {format_price(theirs, currency)}"
        yield Difference(name, "price", asked, f"ours is {format_price(ours, currency)}")


def in_words(kind: str, line: OrderLine, currency: str) -> tuple[str, str, str]:
    what, answer = HOLD_WORDS.get(kind, CHECKING)
    theirs = line.customer_price
    is_priced = kind == HoldKind.NO_PRICE and theirs is not None
    return what, f"your PO says {format_price(theirs, currency)}" if is_priced and theirs is not None else "", answer
