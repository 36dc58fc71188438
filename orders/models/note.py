from django.db import models
from django.db.models import Q

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class OrderNote(TenantModel):
    """Something somebody wrote down about an order. Never changed: a correction is another note that names it.

    A correction is seen by whoever saw what it corrects.
    """

    order = TenantKey("orders.Order", related_name="notes")
    line = TenantKey("orders.OrderLine", null=True, blank=True, related_name="notes")
    text = models.CharField(max_length=2000)
    is_shared = models.BooleanField(default=False, help_text="The sell-to's members see it too")
    corrects = TenantKey("self", null=True, blank=True)
    written_by = TenantKey("tenancy.Member", null=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "corrects"], condition=Q(corrects__isnull=False), name="note_corrected_once"
            )
        ]
        indexes = [models.Index(fields=["tenant", "order", "id"], name="note_of_order")]

    def __str__(self) -> str:
        return self.text[:40]
