import datetime as dt

from catalog.models import Product, UnitFactor
from tenancy.models import Member


class UnitRefused(ValueError):
    def __init__(self, message: str, field: str):
        super().__init__(message)
        self.field = field


def save_unit(
    *,
    unit: str,
    base_unit: str,
    factor: int,
    product: Product | None,
    by: Member | None,
    at: dt.datetime,
    factor_id: int | None = None,
) -> UnitFactor:
    """Change how many of a base unit one unit holds, or (without `factor_id`) learn it. Raises UnitRefused.

    Files that came before keep the quantities they were read with.
    """
    if unit == base_unit:
        raise UnitRefused("A unit is one of itself: name two.", "unit")
    if product is not None and product.unit != base_unit:
        raise UnitRefused(f"{product.sku} is counted in {product.unit}.", "base_unit")
    same = UnitFactor.objects.filter(unit=unit, base_unit=base_unit, product=product)
    if same.exclude(pk=factor_id or 0).exists():
        raise UnitRefused(f"It is known how many {base_unit} a {unit} holds.", "unit")
    values = {"unit": unit, "base_unit": base_unit, "factor": factor, "product": product}
    if factor_id is None:
        return UnitFactor.objects.create(**values)
    found = UnitFactor.objects.select_for_update().get(pk=factor_id)
    for name, value in values.items():
        setattr(found, name, value)
    found.save(update_fields=list(values))
    return found
