from django.db import models
from django.db.models import Q

from orders.choices import LineStatus
from pricing.choices import PriceSource
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class OrderLine(TenantModel):
    """One product for one end buyer to one place, with the answers of the two resolvers and their reasons.

    Values are minor units of the order's currency. `quantity` is what is ordered now (after increases, decreases and
    cancels), of which `open_qty` is still to ship.
    """

    order = TenantKey("orders.Order", related_name="lines")
    line_no = models.PositiveIntegerField()
    product = TenantKey("catalog.Product")
    customer_part = models.CharField(max_length=80, blank=True, help_text="As the customer wrote it")
    end_buyer = TenantKey("parties.Party", null=True, blank=True)
    reported_end_buyer = models.CharField(max_length=200, blank=True, help_text="Text as received")
    project = models.CharField(max_length=60, blank=True)
    ship_to = TenantKey("parties.Location", null=True, blank=True)
    reported_ship_to = models.TextField(blank=True, help_text="Text as received")
    ship_from = TenantKey("parties.Location", null=True, blank=True)
    quantity = models.BigIntegerField()
    open_qty = models.BigIntegerField(default=0)
    open_value = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, help_text="Rises with every change; guards edits")
    status = models.CharField(max_length=10, choices=LineStatus, default=LineStatus.ENTERED)
    booked_date = models.DateField(null=True)
    booking_rate = models.DecimalField(
        max_digits=18, decimal_places=8, null=True, help_text="To the tenant's currency, frozen at booking"
    )

    unit_price = models.DecimalField(max_digits=18, decimal_places=6, null=True, help_text="Charged; empty: no price")
    price_source = models.CharField(max_length=18, choices=PriceSource, default=PriceSource.NONE)
    price_reason = models.CharField(max_length=200, blank=True, help_text="The winning rule in one phrase")
    price_trail = models.JSONField(default=list, help_text="Every step tried, and why it did or did not apply")
    book_price = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    agreed_cost = models.DecimalField(max_digits=18, decimal_places=6, null=True, help_text="Ship and debit")
    agreement_line = TenantKey("pricing.AgreementLine", null=True, blank=True)
    cited_agreement = models.CharField(max_length=40, blank=True, help_text="Authorisation the customer names")
    reserved_qty = models.BigIntegerField(default=0, help_text="Taken from a direct agreement's cap")
    blanket_line = TenantKey("self", null=True, blank=True, help_text="The line of the blanket this one releases from")
    blanket_qty = models.BigIntegerField(default=0, db_default=0, help_text="Taken from the blanket line")
    customer_price = models.DecimalField(max_digits=18, decimal_places=6, null=True, help_text="As on the PO")
    override_price = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    override_reason = models.CharField(max_length=200, blank=True)

    terms = TenantKey("shipping.ShippingTerms", null=True, blank=True)
    terms_rule = TenantKey("shipping.ShippingRule", null=True, blank=True)
    terms_reason = models.CharField(max_length=200, blank=True)
    terms_trail = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "order", "line_no"], name="line_no_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=0, open_qty__gte=0, open_value__gte=0), name="line_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(open_qty__gt=0) | Q(open_value=0), name="line_zero_quantity_is_zero_value"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["booked", "shipped"]) | Q(unit_price__isnull=False),
                name="line_booked_has_price",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "end_buyer", "order"], name="line_by_end_buyer"),
            models.Index(fields=["tenant", "product", "order"], name="line_by_product"),
            models.Index(
                fields=["tenant", "agreement_line"],
                name="line_by_agreement",
                condition=Q(agreement_line__isnull=False),
            ),
            models.Index(
                fields=["tenant", "blanket_line"], name="line_of_blanket", condition=Q(blanket_line__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.line_no} of {self.order_id}"
