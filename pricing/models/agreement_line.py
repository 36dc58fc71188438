from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, GeneratedField, Q, Value
from django.db.models.functions import Coalesce

from pricing.choices import Mechanism, TierBasis
from pricing.models.price_list import validity
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class AgreementLine(TenantModel):
    """The agreed prices of one product or family, by tiers: `prices[i]` holds from `min_qtys[i]` on.

    Header facts are repeated so that one index answers a look-up and the exclusion constraint can refuse two
    agreements in force for the same thing at once.

    `is_in_force` follows the header: an approved line prices the days of its validity, and goes on doing so after it
    has expired, because late orders and reports are priced by their own dates. `owner_key` and `subject_key` say whose
    price it is, and of what, in two numbers: one join finds products and families, end buyers and contracts.
    A revision takes over the use of the one before it: `carried_to` names the line that counts from then on.
    """

    agreement = TenantKey("pricing.Agreement", related_name="lines")
    product = TenantKey("catalog.Product", null=True, blank=True)
    family = TenantKey("catalog.ProductFamily", null=True, blank=True)
    min_qtys = ArrayField(models.BigIntegerField(), help_text="Ascending, the first tier first")
    prices = ArrayField(models.DecimalField(max_digits=18, decimal_places=6))
    tier_basis = models.CharField(max_length=10, choices=TierBasis, default=TierBasis.LINE)
    book_price = models.DecimalField(
        max_digits=18, decimal_places=6, null=True, blank=True, help_text="Book fixed in the agreement"
    )
    cap_qty = models.BigIntegerField(null=True, blank=True)
    consumed_qty = models.BigIntegerField(default=0)
    reserved_qty = models.BigIntegerField(default=0)

    mechanism = models.CharField(max_length=14, choices=Mechanism)
    end_buyer = TenantKey("parties.Party", null=True, blank=True)
    sell_to = TenantKey("parties.Party", null=True, blank=True)
    project = models.CharField(max_length=60, blank=True)
    currency = models.CharField(max_length=3)
    valid_from = models.DateField()
    valid_to = models.DateField()
    is_in_force = models.BooleanField(default=False)
    carried_to = TenantKey("pricing.AgreementLine", null=True, blank=True)
    owner_key = GeneratedField(
        expression=Coalesce(F("end_buyer"), -F("sell_to")), output_field=models.BigIntegerField(), db_persist=True
    )
    subject_key = GeneratedField(
        expression=Coalesce(F("product"), -F("family")), output_field=models.BigIntegerField(), db_persist=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(product__isnull=False, family__isnull=True) | Q(product__isnull=True, family__isnull=False),
                name="agreement_line_product_or_family",
            ),
            models.CheckConstraint(
                condition=Q(consumed_qty__gte=0, reserved_qty__gte=0), name="agreement_line_use_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(cap_qty__isnull=True) | Q(cap_qty__gte=F("consumed_qty") + F("reserved_qty")),
                name="agreement_line_within_cap",
            ),
            ExclusionConstraint(
                name="agreement_line_no_overlap",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    (
                        Coalesce("end_buyer", Value(0), output_field=models.BigIntegerField()),
                        RangeOperators.EQUAL,
                    ),
                    (
                        Coalesce("sell_to", Value(0), output_field=models.BigIntegerField()),
                        RangeOperators.EQUAL,
                    ),
                    (
                        Coalesce("product", Value(0), output_field=models.BigIntegerField()),
                        RangeOperators.EQUAL,
                    ),
                    (
                        Coalesce("family", Value(0), output_field=models.BigIntegerField()),
                        RangeOperators.EQUAL,
                    ),
                    ("currency", RangeOperators.EQUAL),
                    ("project", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_in_force=True),
            ),
        ]
        indexes = [
            # the subject first, so that what others have agreed for a product is found by the same index
            models.Index(fields=["tenant", "subject_key", "owner_key", "valid_from"], name="agreement_match"),
            models.Index(fields=["tenant", "agreement"], name="agreement_lines"),
            models.Index(
                fields=["tenant", "carried_to"],
                name="agreement_line_carried",
                condition=Q(carried_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.pk} of {self.agreement_id}"
