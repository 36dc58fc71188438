from datetime import datetime, timedelta
from uuid import UUID

from orders.entry.draft import Content, describe
from orders.models import Order, OrderDraft
from tenancy.models import Member

# no page that still shows an entered draft is older
ENTERED_AFTER = timedelta(days=30)


class DraftGone(LookupError):
    """There is no such draft any more: somebody discarded it, or entered it as `order`."""

    def __init__(self, order: Order | None = None):
        super().__init__(f"This draft was entered as {order.number}." if order else "This draft was discarded.")
        self.order = order


class DraftStale(Exception):
    """Another page saved the draft since this one read it. Nothing has been written."""

    def __init__(self, draft: OrderDraft):
        super().__init__("This draft was changed on another page meanwhile. Nothing was written.")
        self.draft = draft


def save_draft(
    *, draft_id: int | None, version: int, page: UUID, content: Content, by: Member, at: datetime
) -> OrderDraft:
    """Keep what stands in the fields. Without `draft_id` a draft begins; `page` is the page's own key.

    Raises DraftStale when another page saved a later version, DraftGone when it was entered or discarded.
    """
    if draft_id is None:
        return begin(page, content, by, at)
    draft = lock_draft(draft_id, version=version, page=page)
    return write(draft, page, content, by, at)


def lock_draft(draft_id: int, *, version: int, page: UUID) -> OrderDraft:
    """The draft, locked until commit, if the page that read `version` may go on with it.

    A page never conflicts with itself: when an answer got lost, its version is behind its own save.
    """
    drafts = OrderDraft.objects.select_for_update(of=("self",)).select_related("order", "saved_by__user")
    draft = drafts.filter(pk=draft_id).first()
    if draft is None or draft.order is not None:
        raise DraftGone(draft.order if draft else None)
    if draft.version != version and draft.page != page:
        raise DraftStale(draft)
    return draft


def begin(page: UUID, content: Content, by: Member, at: datetime) -> OrderDraft:
    """The first save of a page, sent twice, is one draft."""
    draft = OrderDraft(key=page, owner=by, page=page, started_at=at, saved_at=at, saved_by=by)
    describe(draft, content)
    OrderDraft.objects.bulk_create([draft], ignore_conflicts=True)
    forget_entered(by, before=at - ENTERED_AFTER)
    found = OrderDraft.objects.select_for_update().filter(key=page, owner=by).first()
    if found is None:
        raise DraftGone
    draft = lock_draft(found.pk, version=found.version, page=page)
    return draft if draft.content == content else write(draft, page, content, by, at)


def write(draft: OrderDraft, page: UUID, content: Content, by: Member, at: datetime) -> OrderDraft:
    describe(draft, content)
    draft.version += 1
    draft.page, draft.saved_at, draft.saved_by = page, at, by
    draft.save(
        update_fields=["content", "sell_to", "customer_po", "line_count", "version", "page", "saved_at", "saved_by"]
    )
    return draft


def forget_entered(owner: Member, *, before: datetime) -> None:
    """Drafts that became orders are only kept to say so to pages left open. Leans on draft_entered."""
    OrderDraft.objects.filter(owner=owner, order__isnull=False, saved_at__lt=before).delete()
