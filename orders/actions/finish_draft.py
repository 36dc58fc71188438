from datetime import datetime

from orders.models import Order, OrderDraft
from tenancy.models import Member


def finish_draft(*, draft: OrderDraft, order: Order, by: Member, at: datetime) -> None:
    """The locked draft has become this order: who still has it open is told which."""
    draft.order, draft.content, draft.line_count = order, {}, 0
    draft.version += 1
    draft.saved_at, draft.saved_by = at, by
    draft.save(update_fields=["order", "content", "line_count", "version", "saved_at", "saved_by"])
