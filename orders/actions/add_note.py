from orders.actions.context import Occasion
from orders.engine.state import VerbRefused
from orders.locks import lock_order
from orders.models import OrderLine, OrderNote


def add_note(
    *, order_id: int, text: str, occasion: Occasion, is_shared: bool = False, line_no: int | None = None
) -> OrderNote:
    """Write something down about an order, or about one of its lines. Raises VerbRefused, NoSuchOrder."""
    order = lock_order(order_id)
    if not text.strip():
        raise VerbRefused("Nothing is written yet.", "text")
    line = None
    if line_no is not None:
        line = OrderLine.objects.filter(order=order, line_no=line_no).first()
        if line is None:
            raise VerbRefused(f"There is no line {line_no}.", "line_no")
    return OrderNote.objects.create(
        order=order, line=line, text=text.strip(), is_shared=is_shared, written_by=occasion.by, written_at=occasion.at
    )
