from collections.abc import Sequence

from orders.actions.book_order import BookResult, Commits, book_desk
from orders.actions.context import Occasion
from orders.actions.desk import lay_out
from orders.actions.enter_order import take_order
from orders.entry import OrderEntry
from orders.models import OrderLine


def enter_and_book(*, entry: OrderEntry, occasion: Occasion) -> BookResult:
    """Take an order and book what nothing holds back, in one go. Raises EntryRefused; nothing is written then."""
    taken = take_order(entry, occasion.by, occasion.at)
    desk = lay_out(taken.order, taken.facts.tenant, taken.lines, taken.schedules)
    return book_desk(desk, occasion, commits_of(entry, taken.lines))


def commits_of(entry: OrderEntry, lines: Sequence[OrderLine]) -> Commits:
    """Commit dates the entry brings, by (line number, schedule number)."""
    return {
        (line.line_no, number): commit_date
        for line, asked in zip(lines, entry.lines, strict=True)
        for number, (_quantity, _request, commit_date) in enumerate(asked.parts, start=1)
        if commit_date
    }
