from django.db import models
from django.db.models import Q

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class OrderAttachment(TenantModel):
    """A file that belongs to an order. Taken off, it stays on record, but outsiders see it no more.

    Name, type and size are repeated here: an outsider reads this row, and never the one of the file store.
    """

    order = TenantKey("orders.Order", related_name="attachments")
    file = TenantKey("jobs.GeneratedFile")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100, help_text="As found in the content, not as claimed")
    size = models.BigIntegerField()
    about = models.CharField(max_length=200, blank=True)
    is_shared = models.BooleanField(default=False, help_text="The sell-to's members may download it too")
    added_by = TenantKey("tenancy.Member", null=True)
    added_at = models.DateTimeField()
    removed_by = TenantKey("tenancy.Member", null=True)
    removed_at = models.DateTimeField(null=True)
    remove_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(remove_reason=""), name="attachment_removed_with_reason"
            )
        ]
        indexes = [models.Index(fields=["tenant", "order", "id"], name="attachment_of_order")]

    def __str__(self) -> str:
        return self.name
