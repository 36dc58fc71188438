from django.db import models
from django.db.models import Q

from jobs.models import OutgoingMail
from tenancy.fields import TenantKey


class PaperMail(OutgoingMail):
    """One paper of an order mailed to one address: an acknowledgement's revision, an invoice or a credit memo."""

    order = TenantKey("orders.Order", related_name="mails")
    acknowledgement = TenantKey("orders.Acknowledgement", null=True)
    invoice = TenantKey("orders.Invoice", null=True)
    recipient = models.CharField(max_length=120, blank=True, help_text="The contact's name; empty for an address typed")
    message = models.CharField(max_length=1000, blank=True, help_text="What stands above our own words")
    asked_by = TenantKey("tenancy.Member", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledgement__isnull=True, invoice__isnull=False)
                | Q(acknowledgement__isnull=False, invoice__isnull=True),
                name="mail_of_one_paper",
            )
        ]
        indexes = [models.Index(fields=["tenant", "order", "id"], name="mail_of_order")]

    def __str__(self) -> str:
        return f"{self.title} to {self.address}"

    @property
    def title(self) -> str:
        """`Acknowledgement 2`, or the invoice's number; reads the paper."""
        if self.acknowledgement is not None:
            return f"Acknowledgement {self.acknowledgement.revision}"
        return self.invoice.number if self.invoice is not None else ""
