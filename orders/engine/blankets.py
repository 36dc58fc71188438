"""What orders take from the lines of a blanket. The blanket itself ships nothing: what is open stays open."""

from orders.engine.state import LineState, VerbRefused


def call_off(line: LineState, quantity: int) -> None:
    """Take `quantity` from what is still to be released, the earliest schedule first."""
    left = free_qty(line)
    if quantity > left:
        raise VerbRefused(f"Line {line.line_no} of the blanket has {left:,} left to release.", "quantity")
    for schedule in in_order(line):
        part = min(quantity, schedule.free_qty)
        schedule.released_qty += part
        quantity -= part


def give_back(line: LineState, quantity: int) -> None:
    """Undo `call_off`, the latest schedule first."""
    for schedule in reversed(in_order(line)):
        part = min(quantity, schedule.released_qty)
        schedule.released_qty -= part
        quantity -= part


def free_qty(line: LineState) -> int:
    return sum(schedule.free_qty for schedule in line.schedules)


def in_order(line: LineState) -> list:
    return sorted(line.schedules, key=lambda schedule: (schedule.request_date, schedule.number))
