"""Which functions tell what happened to an order beyond its own floor: dotted paths, see `orders.story`."""

TELLERS: tuple[str, ...] = ("fulfilment.story.tell",)
