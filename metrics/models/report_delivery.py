from django.db import models

from jobs.models import OutgoingMail
from tenancy.fields import TenantKey


class ReportDelivery(OutgoingMail):
    """One mail of one subscription: the figures as of one day, once. The log of what was sent."""

    subscription = TenantKey("metrics.ReportSubscription", related_name="deliveries")
    as_of = models.DateField()
    party = TenantKey("parties.Party", null=True)
    pdf = TenantKey("jobs.GeneratedFile", null=True)
    xlsx = TenantKey("jobs.GeneratedFile", null=True)
    body = models.TextField(blank=True, help_text="The text of the mail")

    class Meta:
        verbose_name_plural = "report deliveries"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "subscription", "as_of"], name="delivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.as_of}"
