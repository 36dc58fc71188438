from django.db import models

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class Acknowledgement(TenantModel):
    """One revision of an order's acknowledgement, kept as it was printed.

    `content` is the whole document as text (`ui.documents.order_acknowledgement`), `fingerprint` its SHA-256: a
    revision is made only when something that is printed has changed. `order_version` is the order's when it was last
    compared.
    """

    order = TenantKey("orders.Order", related_name="acknowledgements")
    sell_to = TenantKey("parties.Party", help_text="Whose paper it is, whoever has the order later")
    revision = models.PositiveIntegerField()
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    changes = models.JSONField(default=list, help_text="Against the revision before, in words")
    order_version = models.PositiveIntegerField()
    file = TenantKey("jobs.GeneratedFile", null=True)
    made_by = TenantKey("tenancy.Member", null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "order", "revision"], name="acknowledgement_revision_once")
        ]

    def __str__(self) -> str:
        return f"acknowledgement {self.revision} of {self.order_id}"
