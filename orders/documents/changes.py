"""What one revision of an acknowledgement changed against the one before, in words."""

from collections.abc import Iterator

from ui.documents.order_acknowledgement import DeliveryText, LineText, OrderAcknowledgement

Lines = dict[str, tuple[DeliveryText, LineText]]


def changes_between(old: OrderAcknowledgement, new: OrderAcknowledgement) -> tuple[str, ...]:
    return tuple(tell(old, new))


def tell(old: OrderAcknowledgement, new: OrderAcknowledgement) -> Iterator[str]:
    before, after = lines_of(old), lines_of(new)
    for number in sorted({*before, *after}, key=int):
        if number not in before:
            yield f"line {number} added"
        elif number not in after:
            yield f"line {number} cancelled"
        else:
            yield from (f"line {number}: {text}" for text in tell_line(*before[number], *after[number]))
    for was, now in zip(old.sides, new.sides, strict=False):
        if was.name != now.name and was.label != "Order":
            yield f"{now.label.lower()} {now.name}"
    if old.total != new.total:
        yield f"order total {new.total} instead of {old.total}"


def tell_line(was_in: DeliveryText, was: LineText, is_in: DeliveryText, now: LineText) -> Iterator[str]:
    if was.quantity != now.quantity:
        yield f"{now.quantity} instead of {was.quantity}"
    if was.price != now.price:
        yield f"price {now.price} instead of {was.price}"
    if was.is_held != now.is_held:
        yield "on hold" if now.is_held else "booked"
    for before, after in zip(was_in.sides, is_in.sides, strict=False):
        if before.name != after.name:
            yield f"{after.label.lower()} {after.name}"
    if dates(was) != dates(now):
        yield "dates"
    if was_in.terms != is_in.terms:
        yield "terms"


def dates(line: LineText) -> list[tuple[str, str]]:
    return [(schedule.asked, schedule.commit) for schedule in line.schedules]


def lines_of(paper: OrderAcknowledgement) -> Lines:
    return {line.number: (delivery, line) for delivery in paper.deliveries for line in delivery.lines}
