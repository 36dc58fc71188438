from orders.actions.save_draft import DraftGone
from orders.models import OrderDraft


def discard_draft(*, draft_id: int) -> None:
    """Throw a draft away. Raises DraftGone when it was entered or discarded already."""
    draft = OrderDraft.objects.select_for_update(of=("self",)).select_related("order").filter(pk=draft_id).first()
    if draft is None or draft.order is not None:
        raise DraftGone(draft.order if draft else None)
    draft.delete()
