from django.db import models

from metrics.choices import DeliveryState
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class ReportDelivery(TenantModel):
    """One mail of one subscription: the figures as of one day, once. The log of what was sent.

    `tries` counts how often it was handed to the mail server; each try is a job of its own, the newest is `job`.
    """

    subscription = TenantKey("metrics.ReportSubscription", related_name="deliveries")
    as_of = models.DateField()
    address = models.EmailField(help_text="Where it went, whatever the recipient's address is now")
    party = TenantKey("parties.Party", null=True)
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=400, blank=True)
    pdf = TenantKey("jobs.GeneratedFile", null=True)
    xlsx = TenantKey("jobs.GeneratedFile", null=True)
    job = TenantKey("jobs.JobRequest", null=True)
    body = models.TextField(blank=True, help_text="The text of the mail")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "report deliveries"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "subscription", "as_of"], name="delivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.as_of}"
