from django.db import models
from django.db.models import Q

from jobs.models import OutgoingMail
from tenancy.fields import TenantKey


class PaperMail(OutgoingMail):
    """One paper of an order mailed to one address: an acknowledgement's revision, an invoice or a credit memo.

    Or a paper that a floor above prints, as a ship request is: then `paper` names it, and `file` is there once it is
    printed.
    """

    order = TenantKey("orders.Order", related_name="mails")
    acknowledgement = TenantKey("orders.Acknowledgement", null=True)
    invoice = TenantKey("orders.Invoice", null=True)
    paper = models.CharField(max_length=80, blank=True, default="", help_text="What a paper of a floor above is called")
    about = models.CharField(max_length=300, blank=True, default="", help_text="What the mail says of that paper")
    file = TenantKey("jobs.GeneratedFile", null=True, help_text="That paper, printed")
    recipient = models.CharField(max_length=120, blank=True, help_text="The contact's name; empty for an address typed")
    message = models.CharField(max_length=1000, blank=True, help_text="What stands above our own words")
    asked_by = TenantKey("tenancy.Member", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledgement__isnull=True, invoice__isnull=False, paper="")
                | Q(acknowledgement__isnull=False, invoice__isnull=True, paper="")
                | (Q(acknowledgement__isnull=True, invoice__isnull=True) & ~Q(paper="")),
                name="mail_of_one_paper",
            )
        ]
        indexes = [models.Index(fields=["tenant", "order", "id"], name="mail_of_order")]

    def __str__(self) -> str:
        return f"{self.title} to {self.address}"

    @property
    def title(self) -> str:
        """`Acknowledgement 2`, the invoice's number, or what the paper is called; reads the paper."""
        if self.acknowledgement is not None:
            return f"Acknowledgement {self.acknowledgement.revision}"
        return self.invoice.number if self.invoice is not None else self.paper
