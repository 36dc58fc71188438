"""Locks of the orders floor. Always the order row first, then its parts by primary key: no two verbs can deadlock."""

from orders.models import Order, OrderLine


class StaleVersion(Exception):
    """Somebody changed it since it was read. Nothing has been written."""

    def __init__(self, what: str, seen: int, now: int):
        super().__init__(f"{what} was changed meanwhile (you saw version {seen}, it is at {now}). Nothing was written.")
        self.what, self.seen, self.now = what, seen, now


class NoSuchOrder(LookupError):
    """The tenant in scope has no such order."""


def lock_order(order_id: int, version: int | None = None) -> Order:
    """The order, locked until commit. With `version`: StaleVersion when it is not the current one."""
    order = Order.objects.select_for_update().filter(pk=order_id).first()
    if order is None:
        raise NoSuchOrder(f"There is no order {order_id}.")
    if version is not None and version != order.version:
        raise StaleVersion(f"Order {order.number}", version, order.version)
    return order


def check_line_version(line: OrderLine, version: int | None) -> None:
    if version is not None and version != line.version:
        raise StaleVersion(f"Line {line.line_no}", version, line.version)
