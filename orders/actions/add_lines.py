from collections.abc import Sequence

from orders.actions.book_order import BookResult, book_order
from orders.actions.context import Occasion
from orders.actions.enter_and_book import commits_of
from orders.actions.enter_order import find_all_holds, new_line, new_schedules, take_line_ids, write_new_lines
from orders.entry import EntryProblem, EntryRefused, LineEntry, OrderEntry
from orders.entry.checks import check_entry
from orders.entry.facts import gather
from orders.entry.resolve import resolve_lines
from orders.locks import lock_order
from orders.models import Order, OrderLine


def add_lines(
    *, order_id: int, lines: Sequence[LineEntry], occasion: Occasion, accept_old_dates: bool = False
) -> BookResult:
    """Put further lines on an order and book what nothing holds back.

    Each line brings its number. Raises NoSuchOrder, EntryRefused; nothing is written then.
    """
    order = lock_order(order_id, None)
    entry = as_entry(order, lines, accept_old_dates=accept_old_dates)
    facts = gather(entry)
    problems = [each for each in check_entry(entry, facts, facts.tenant.today(occasion.at)) if each.line is not None]
    problems += taken_numbers(order, lines)
    if problems:
        raise EntryRefused(problems)
    rows = [new_line(order, line.line_no or 0, line) for line in lines]
    answers = resolve_lines(order, rows, [min(part[1] for part in line.parts) for line in lines], facts)
    schedules = new_schedules(rows, lines)
    take_line_ids(order, rows, schedules)
    write_new_lines(rows, schedules, find_all_holds(order, rows, answers, facts, None, occasion.at))
    return book_order(order_id=order.pk, occasion=occasion, commits=commits_of(entry, rows))


def as_entry(order: Order, lines: Sequence[LineEntry], *, accept_old_dates: bool) -> OrderEntry:
    return OrderEntry(
        sell_to_id=order.sell_to_id,
        customer_po=order.customer_po,
        order_date=order.order_date,
        currency=order.currency,
        lines=tuple(lines),
        bill_to_id=order.bill_to_id,
        order_type=order.order_type,
        default_ship_to_id=order.default_ship_to_id,
        accept_old_dates=accept_old_dates,
    )


def taken_numbers(order: Order, lines: Sequence[LineEntry]) -> list[EntryProblem]:
    numbers = {line.line_no or 0 for line in lines}
    held = set(OrderLine.objects.filter(order=order, line_no__in=numbers).values_list("line_no", flat=True))
    return [
        EntryProblem(index, "line_no", "taken", f"{order.number} has a line {line.line_no} already.")
        for index, line in enumerate(lines)
        if line.line_no in held or line.line_no is None
    ]
