"""What a row says about its part: what it is, how it is packed, when it can be there."""

from datetime import date, timedelta
from typing import Any

from orders.entry.preview import Preview, PreviewLine
from values.quantity import check_quantity

DAYS_A_WEEK = 7


def hints_of(line: PreviewLine, preview: Preview, request: date, today: date) -> dict[str, Any]:
    """`part` for the page's own use, `hints` to read, `take` the quantity that would be right.

    `late` says when the part can be there, where `request` (the line's first date) is before that.
    """
    item = line.line
    product = preview.facts.products[item.product_id]
    problem = check_quantity(item.quantity, product.minimum_qty, product.multiple_qty)
    return {
        "part": {"sku": product.sku, "name": product.description, "multiple": product.multiple_qty},
        "take": f"{problem.suggestion:,}" if problem else "",
        "hints": [text for text in (named(line, product), packed(product)) if text],
        "late": lead_time(product, request, today),
    }


def named(line: PreviewLine, product: Any) -> str:
    return f"{product.sku}: {product.description}" if line.line.customer_part else product.description


def packed(product: Any) -> str:
    """The minimum and the package multiple, where there are any."""
    minimum = f"At least {product.minimum_qty:,}" if product.minimum_qty > product.multiple_qty else ""
    multiple = f"packages of {product.multiple_qty:,}" if product.multiple_qty > 1 else ""
    text = ", ".join(each for each in (minimum, multiple) if each)
    return text[:1].upper() + text[1:]


def lead_time(product: Any, request: date, today: date) -> str:
    likely = today + timedelta(days=product.lead_time_days or 0)
    if not product.lead_time_days or request >= likely:
        return ""
    weeks = -(-product.lead_time_days // DAYS_A_WEEK)
    return f"Lead time {weeks} week{'' if weeks == 1 else 's'}: first date likely {likely:%d %b}"
