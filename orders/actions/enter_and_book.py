from collections.abc import Sequence

from orders.actions.append import append_rows
from orders.actions.book_order import BookResult, Commits, booking_events, finish_booking, hold_for_credit
from orders.actions.context import Occasion
from orders.actions.desk import lay_out, put_back
from orders.actions.enter_order import draft_order, write_draft
from orders.actions.reserve import reserve
from orders.choices import LineStatus
from orders.entry import OrderEntry
from orders.models import OrderLine


def enter_and_book(*, entry: OrderEntry, occasion: Occasion) -> BookResult:
    """Take an order and book what nothing holds back, in one go. Raises EntryRefused; nothing is written then.

    The same as `enter_order` and then `book_order`; since nobody can see the order before it is whole, its rows are
    written once, booked, instead of entered and then changed.
    """
    draft = draft_order(entry, occasion.by, occasion.at)
    desk = lay_out(draft.order, draft.facts.tenant, draft.lines, draft.schedules)
    taken = reserve(desk, [line for line in desk.state.lines if line.status == LineStatus.ENTERED], occasion.at)
    draft.holds.extend(taken.holds)
    events = booking_events(desk, taken.ready, occasion, commits_of(entry, draft.lines))
    put_back(desk, draft.schedules, occasion.on)
    write_draft(draft)
    if events:
        append_rows(desk.order, desk.tenant, events, occasion)
        hold_for_credit(desk, taken.ready, occasion)
    return finish_booking(desk, taken.ready)


def commits_of(entry: OrderEntry, lines: Sequence[OrderLine]) -> Commits:
    """Commit dates the entry brings, by (line number, schedule number)."""
    return {
        (line.line_no, number): commit_date
        for line, asked in zip(lines, entry.lines, strict=True)
        for number, (_quantity, _request, commit_date) in enumerate(asked.parts, start=1)
        if commit_date
    }
