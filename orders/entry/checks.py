"""Is an entry fit to be taken? Every problem found, at its field. What only holds a line back is in `hold_rules`."""

from collections.abc import Iterator
from datetime import date, timedelta

from catalog.choices import ORDERABLE
from orders.choices import OrderType
from orders.entry.facts import Facts
from orders.entry.order_entry import EntryProblem, LineEntry, OrderEntry
from parties.choices import PartyStatus
from values.currencies import UnknownCurrencyError, minor_digits
from values.quantity import check_quantity

NOT_ACTIVE = (PartyStatus.BLOCKED, PartyStatus.CLOSED)
FURTHEST_DAYS = 10 * 366
# field, code, message, and the schedule where it is one of a schedule
Problem = tuple[str, str, str] | tuple[str, str, str, int]


def check_entry(entry: OrderEntry, facts: Facts, today: date) -> list[EntryProblem]:
    """`today` is the tenant's business date."""
    problems = [*check_header(entry, facts, today)]
    numbers: set[int] = set()
    for index, line in enumerate(entry.lines):
        problems += [EntryProblem(index, *each) for each in check_line(line, entry, facts, today)]
        if line.line_no is not None and line.line_no in numbers:
            problems.append(EntryProblem(index, "line_no", "duplicate", f"Line number {line.line_no} is there twice."))
        numbers.add(line.line_no or 0)
    return problems


def check_header(entry: OrderEntry, facts: Facts, today: date) -> Iterator[EntryProblem]:
    yield from check_sell_to(entry, facts)
    if entry.bill_to_id and entry.bill_to_id not in facts.parties:
        yield EntryProblem(None, "bill_to", "unknown", "This bill-to is not known.")
    if not entry.customer_po.strip():
        yield EntryProblem(None, "customer_po", "required", "The customer's PO number is missing.")
    if not entry.lines:
        yield EntryProblem(None, "lines", "required", "An order has at least one line.")
    try:
        minor_digits(entry.currency)
    except UnknownCurrencyError as error:
        yield EntryProblem(None, "currency", "unknown", str(error))
    if entry.default_ship_to_id and entry.default_ship_to_id not in facts.locations:
        yield EntryProblem(None, "default_ship_to", "unknown", "This ship-to is not known.")
    if entry.valid_to and entry.order_type != OrderType.BLANKET:
        yield EntryProblem(None, "valid_to", "type", "Only a blanket order has a last day.")
    yield from check_order_date(entry, facts, today)


def check_sell_to(entry: OrderEntry, facts: Facts) -> Iterator[EntryProblem]:
    sell_to = facts.parties.get(entry.sell_to_id)
    if sell_to is None:
        yield EntryProblem(None, "sell_to", "unknown", "This sell-to is not known.")
    elif entry.sell_to_id not in facts.sell_to_ids:
        yield EntryProblem(None, "sell_to", "role", f"{sell_to.name} is not a sell-to: give it the role first.")
    elif sell_to.status in NOT_ACTIVE:
        yield EntryProblem(None, "sell_to", "status", f"{sell_to.name} is {sell_to.get_status_display().lower()}.")


def check_order_date(entry: OrderEntry, facts: Facts, today: date) -> Iterator[EntryProblem]:
    oldest = today - timedelta(days=facts.tenant.back_date_days)
    if entry.order_date > today:
        yield EntryProblem(None, "order_date", "future", f"The order date {entry.order_date} is in the future.")
    if entry.order_date < oldest and not entry.accept_old_dates:
        yield EntryProblem(
            None, "order_date", "old", f"The order date {entry.order_date} is before {oldest}, the oldest allowed."
        )


def check_line(line: LineEntry, entry: OrderEntry, facts: Facts, today: date) -> Iterator[Problem]:
    yield from check_product(line, facts)
    yield from check_places(line, facts)
    yield from check_dates(line, entry, today)
    if line.override_price is not None and not line.override_reason.strip():
        yield "override_reason", "required", "A manual price needs a reason."
    if line.override_price is not None and line.override_price < 0:
        yield "override_price", "negative", "A price cannot be negative."


def check_product(line: LineEntry, facts: Facts) -> Iterator[tuple[str, str, str]]:
    product = facts.products.get(line.product_id)
    if product is None:
        yield "product", "unknown", "This part is not known."
        return
    if product.lifecycle not in ORDERABLE:
        yield "product", "lifecycle", f"{product.sku} is {product.get_lifecycle_display().lower()}."
    problem = check_quantity(line.quantity, product.minimum_qty, product.multiple_qty)
    if problem:
        yield "quantity", problem.code, problem.message
    if any(part[0] <= 0 for part in line.parts):
        yield "schedules", "not_positive", "Every schedule needs a quantity above 0."
    if sum(part[0] for part in line.parts) != line.quantity:
        yield "schedules", "sum", "The schedules do not add up to the line's quantity."


def check_places(line: LineEntry, facts: Facts) -> Iterator[tuple[str, str, str]]:
    if line.end_buyer_id is not None:
        end_buyer = facts.parties.get(line.end_buyer_id)
        if end_buyer is None:
            yield "end_buyer", "unknown", "This end buyer is not known."
        elif end_buyer.status in NOT_ACTIVE:
            yield "end_buyer", "status", f"{end_buyer.name} is {end_buyer.get_status_display().lower()}."
    for field in ("ship_to", "ship_from"):
        location_id = getattr(line, f"{field}_id")
        if location_id is not None and location_id not in facts.locations:
            yield field, "unknown", f"This {field.replace('_', '-')} is not known."


def check_dates(line: LineEntry, entry: OrderEntry, today: date) -> Iterator[tuple[str, str, str, int]]:
    earliest = entry.order_date if entry.accept_old_dates else max(entry.order_date, today)
    for part, (_quantity, request_date, commit_date) in enumerate(line.parts):
        if request_date < earliest:
            yield "request_date", "past", f"The request date {request_date} is before {earliest}.", part
        if (request_date - today).days > FURTHEST_DAYS:
            yield "request_date", "far", f"The request date {request_date} is more than ten years away.", part
        if commit_date and entry.order_type == OrderType.BLANKET:
            yield "commit_date", "blanket", "A blanket order is not promised: its releases are.", part
        elif commit_date and commit_date < entry.order_date:
            yield "commit_date", "past", f"The commit {commit_date} is before the order date.", part
