import datetime as dt
from typing import Any

from catalog.actions.save_products import ProductDraft, save_products
from catalog.models import Product
from tenancy.models import Member


class SkuTaken(ValueError):
    field = "sku"


def save_product(
    *, sku: str, family: str, by: Member | None, at: dt.datetime, product_id: int | None = None, **values: Any
) -> Product:
    """Change a product, or (without `product_id`) add one; a new family code makes the family. Raises SkuTaken."""
    others = Product.objects.filter(sku=sku)
    if product_id is not None:
        others = others.exclude(pk=product_id)
    if others.exists():
        raise SkuTaken(f"There is a product “{sku}” already.")
    if product_id is None:
        return save_products(drafts=[ProductDraft(Product(sku=sku, **values), family)], by=by, at=at)[0]
    product = Product.objects.select_for_update().get(pk=product_id)
    if product.sku != sku:
        product.sku = sku
        product.save(update_fields=["sku"])
    for name, value in values.items():
        setattr(product, name, value)
    save_products(drafts=[ProductDraft(product, family)], by=by, at=at)
    return product
