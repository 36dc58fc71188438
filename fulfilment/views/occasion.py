from typing import Any

from orders.actions.context import Because, Occasion


def occasion_of(view: Any, note: str = "") -> Occasion:
    """Who, when and on which business day this request happens."""
    at = view.now()
    return Occasion(by=view.member, at=at, on=view.tenant.today(at), because=Because(note=note))
