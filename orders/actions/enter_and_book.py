from orders.actions.book_order import BookResult, Commits, book_order
from orders.actions.context import Occasion
from orders.actions.enter_order import enter_order
from orders.entry import OrderEntry
from orders.models import Order


def enter_and_book(*, entry: OrderEntry, occasion: Occasion) -> BookResult:
    """Take an order and book what nothing holds back, in one go. Raises EntryRefused; nothing is written then."""
    order = enter_order(entry=entry, by=occasion.by, at=occasion.at, refresh=False)
    return book_order(order_id=order.pk, occasion=occasion, commits=commits_of(entry, order))


def commits_of(entry: OrderEntry, order: Order) -> Commits:
    """Commit dates the entry brings, by (line number, schedule number)."""
    numbers = [line.line_no for line in order.lines.order_by("id")] if has_commits(entry) else []
    return {
        (line_no, number): commit_date
        for line_no, line in zip(numbers, entry.lines, strict=False)
        for number, (_quantity, _request, commit_date) in enumerate(line.parts, start=1)
        if commit_date
    }


def has_commits(entry: OrderEntry) -> bool:
    return any(part[2] for line in entry.lines for part in line.parts)
