from decimal import Decimal
from itertools import count
from typing import Any

from catalog.models import Product, ProductFamily

_serial = count(1)


def make_family(code: str | None = None) -> ProductFamily:
    return ProductFamily.objects.create(code=code or f"FAM{next(_serial)}")


def make_product(sku: str | None = None, **values: Any) -> Product:
    sku = sku or f"AUR-{next(_serial):04d}"
    values = {"description": f"Device {sku}", "unit_weight_g": Decimal(10), **values}
    if "family" not in values:
        values["family"] = make_family()
    return Product.objects.create(sku=sku, **values)
