"""Products that a file names and nobody knows."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from catalog.actions.save_part_numbers import save_part_numbers
from catalog.actions.save_product import save_product
from catalog.models import PartNumber
from catalog.references import find_products
from exchange.batches.missing import Creator, MissingThing, UnknownTarget
from tenancy.models import Member


class NoPartNumber(UnknownTarget):
    """A part number belongs to a party, and the row names none that is known."""


class NewProduct(forms.Form):
    sku = forms.CharField(max_length=60)
    description = forms.CharField(max_length=300)
    family = forms.CharField(max_length=40, help_text="A new code makes the family")
    unit = forms.CharField(max_length=10)


def propose(thing: MissingThing) -> dict[str, Any]:
    return {
        "sku": thing.text,
        "description": thing.source.get("edi_description", "") or thing.text,
        "unit": thing.source.get("edi_unit", "") or "EA",
    }


def create(thing: MissingThing, given: Mapping[str, Any], by: Member | None, at: dt.datetime) -> None:
    unit = given["unit"].upper()
    product = save_product(
        sku=given["sku"], description=given["description"], family=given["family"], unit=unit, by=by, at=at
    )
    if given["sku"] != thing.text:
        teach(thing, product.pk, by, at)


def same(thing: MissingThing, sku: str, by: Member | None, at: dt.datetime) -> None:
    product_id = find_products(frozenset({sku}), None).get(sku)
    if not isinstance(product_id, int):
        raise UnknownTarget(f"There is no product “{sku}”.")
    teach(thing, product_id, by, at)


def teach(thing: MissingThing, product_id: int, by: Member | None, at: dt.datetime) -> None:
    """The text is this product's number at the party that wrote it, from now on."""
    if thing.reporter_id is None:
        raise NoPartNumber("Settle the party of this row first: a part number belongs to a party.")
    number = PartNumber(product_id=product_id, party_id=thing.reporter_id, number=thing.text)
    save_part_numbers(part_numbers=[number], by=by, at=at)


PRODUCT_CREATOR = Creator("product", "part", "master.edit", NewProduct, propose, create, same)
