"""The instruction as it is frozen: canonical JSON and its fingerprint."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any


def fingerprint(frozen: dict[str, Any], lines: Sequence[dict[str, Any]]) -> str:
    """SHA-256 of terms and lines in one canonical spelling: the dock quotes its first letters in its answer."""
    text = json.dumps(
        {"terms": frozen, "lines": list(lines)}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def freeze_line(position: int, line: Any, quantity: int, *, order: Any, end_buyer_name: str) -> dict[str, Any]:
    """What the dock reads of one line: never a price."""
    product = line.product
    grams = product.unit_weight_g
    return {
        "position": position,
        "order": order.number,
        "customer_po": order.customer_po,
        "line_no": line.line_no,
        "sku": product.sku,
        "customer_part": line.customer_part,
        "description": product.description,
        "quantity": quantity,
        "unit": product.unit,
        "end_buyer": end_buyer_name,
        "weight_kg": None if grams is None else str((grams * quantity / 1000).normalize()),
        "hts": product.hts,
        "eccn": product.eccn,
        "country_of_origin": product.country_of_origin,
    }
