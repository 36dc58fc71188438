from django.db import models
from django.db.models import F, Q

from tenancy.models import TenantModel


class FxRate(TenantModel):
    """One unit of `from_currency` is `rate` of `to_currency`, from this date until the next rate."""

    date = models.DateField()
    from_currency = models.CharField(max_length=3)
    to_currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=18, decimal_places=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "from_currency", "to_currency", "date"], name="fx_rate_once"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="fx_rate_positive"),
            models.CheckConstraint(condition=~Q(from_currency=F("to_currency")), name="fx_rate_two_currencies"),
        ]

    def __str__(self) -> str:
        return f"{self.from_currency}/{self.to_currency} {self.date}"
