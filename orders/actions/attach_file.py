from jobs.files import store_file
from orders.actions.context import Occasion
from orders.attachments import MAX_FILES, NotAttachable, kind_of
from orders.locks import lock_order
from orders.models import OrderAttachment

RIGHT = "orders.view"


def attach_file(
    *, order_id: int, name: str, content: bytes, occasion: Occasion, about: str = "", is_shared: bool = False
) -> OrderAttachment:
    """Keep a file with an order, under a random name on disk. Raises NotAttachable, NoSuchOrder."""
    order = lock_order(order_id)
    kind = kind_of(content, name)
    if OrderAttachment.objects.filter(order=order, removed_at__isnull=True).count() >= MAX_FILES:
        raise NotAttachable(f"An order holds {MAX_FILES} files: take one off first.")
    file = store_file(content, kind="order_attachment", name=name, content_type=kind.content_type, right=RIGHT)
    return OrderAttachment.objects.create(
        order=order,
        file=file,
        name=file.name,
        content_type=file.content_type,
        size=file.size,
        about=about.strip(),
        is_shared=is_shared,
        added_by=occasion.by,
        added_at=occasion.at,
    )
