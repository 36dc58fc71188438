from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from pricing.choices import PriceListKind
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


def validity() -> Func:
    """Inclusive day range; an empty end is open."""
    return Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange")


def not_for_lookup(name: str) -> Coalesce:
    """The key, written so that only its constraint matches it: the planner takes a GiST index for as cheap as a btree,
    and it is four times as slow."""
    return Coalesce(F(name), Value(0), output_field=models.BigIntegerField())


class PriceList(TenantModel):
    """A list of book prices in one currency."""

    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=4, choices=PriceListKind, default=PriceListKind.BOOK)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="price_list_code_once"),
            models.UniqueConstraint(
                fields=["tenant", "currency"], condition=Q(kind=PriceListKind.BASE), name="one_base_list_a_currency"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PriceListItem(TenantModel):
    """The price of a product from a quantity break on, while it is in force."""

    price_list = TenantKey("pricing.PriceList", related_name="items")
    product = TenantKey("catalog.Product")
    min_qty = models.BigIntegerField(default=1)
    price = models.DecimalField(max_digits=18, decimal_places=6)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="list_price_not_negative"),
            models.CheckConstraint(condition=Q(min_qty__gte=1), name="list_break_positive"),
            ExclusionConstraint(
                name="list_price_no_overlap",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    (not_for_lookup("price_list"), RangeOperators.EQUAL),
                    (not_for_lookup("product"), RangeOperators.EQUAL),
                    ("min_qty", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "product", "price_list", "-min_qty", "valid_from"],
                include=["valid_to", "price"],
                name="list_price_match",
            )
        ]

    def __str__(self) -> str:
        return f"{self.product_id} from {self.min_qty}"


class PriceListAssignment(TenantModel):
    """Which list a sell-to buys from, and when. One list at a time for a party and currency."""

    price_list = TenantKey("pricing.PriceList", related_name="assignments")
    party = TenantKey("parties.Party")
    currency = models.CharField(max_length=3, help_text="The list's currency, repeated for the exclusion below")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="assignment_no_overlap",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    (not_for_lookup("party"), RangeOperators.EQUAL),
                    ("currency", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "party", "currency", "valid_from"],
                include=["valid_to", "price_list"],
                name="assignment_match",
            )
        ]

    def __str__(self) -> str:
        return f"{self.price_list_id} for {self.party_id}"
