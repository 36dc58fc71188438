import datetime as dt

from catalog.models import ProductFamily
from tenancy.models import Member


class FamilyTaken(ValueError):
    field = "code"


def save_family(
    *, code: str, name: str, by: Member | None, at: dt.datetime, family_id: int | None = None
) -> ProductFamily:
    """Change a family, or (without `family_id`) make one. Raises FamilyTaken."""
    if ProductFamily.objects.filter(code=code).exclude(pk=family_id or 0).exists():
        raise FamilyTaken(f"There is a family “{code}” already.")
    if family_id is None:
        return ProductFamily.objects.create(code=code, name=name)
    family = ProductFamily.objects.select_for_update().get(pk=family_id)
    family.code, family.name = code, name
    family.save(update_fields=["code", "name"])
    return family
