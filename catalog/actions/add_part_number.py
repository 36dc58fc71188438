import datetime as dt

from catalog.actions.save_part_numbers import save_part_numbers
from catalog.models import PartNumber, Product
from parties.models import Party
from tenancy.models import Member


class NumberTaken(ValueError):
    """The party calls another product by this number."""

    field = "number"


def add_part_number(
    *, product: Product, party: Party, number: str, is_moved: bool, by: Member | None, at: dt.datetime
) -> PartNumber:
    """Learn what a party calls a product. Raises NumberTaken for a number that means another product, unless it
    `is_moved` from there."""
    held = PartNumber.objects.select_for_update(of=("self",)).select_related("product")
    other = held.filter(party=party, number=number).exclude(product=product).first()
    if other is not None and not is_moved:
        raise NumberTaken(
            f"{party.name} calls {other.product.sku} by this number. Tick “Move it here” if it means {product.sku} now."
        )
    return save_part_numbers(part_numbers=[PartNumber(product=product, party=party, number=number)], by=by, at=at)[0]
