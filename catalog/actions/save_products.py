import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from catalog.models import Product, ProductFamily
from exchange.upsert import upsert
from tenancy.models import Member

FIELDS = (
    "description", "family", "unit", "minimum_qty", "multiple_qty", "unit_weight_g", "lead_time_days", "lifecycle",
    "hts", "eccn", "country_of_origin", "floor_price", "floor_currency",
)  # fmt: skip


@dataclass(slots=True)
class ProductDraft:
    """A product as it shall be, and the code of its family, which is made when there is none of it."""

    product: Product
    family: str


def save_products(*, drafts: Sequence[ProductDraft], by: Member | None, at: dt.datetime) -> list[Product]:
    """Write many products, new ones and known ones, in a fixed number of statements. The sku tells which are known."""
    families = ensure_families({draft.family for draft in drafts})
    ordered = sorted(drafts, key=lambda draft: draft.product.sku)
    for draft in ordered:
        draft.product.family_id = families[draft.family]
    return upsert(Product, [draft.product for draft in ordered], unique=("sku",), fields=FIELDS)


def ensure_families(codes: Collection[str]) -> dict[str, int]:
    """Keys of the families by code; missing ones are made."""
    ProductFamily.objects.bulk_create((ProductFamily(code=code) for code in sorted(codes)), ignore_conflicts=True)
    return dict(ProductFamily.objects.filter(code__in=codes).values_list("code", "pk"))
