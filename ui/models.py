from django.db import models
from django.db.models import Q

from tenancy.fields import TenantKey
from tenancy.models import TenantModel

QUERY_LENGTH = 1_500


class SavedView(TenantModel):
    """How one member likes to see one list: filters, order, columns and rows, kept as the list's own query string.

    `page` is the name of the list's address. A shared view stands in everybody's tabs; only its owner changes it.
    """

    member = TenantKey("tenancy.Member")
    page = models.CharField(max_length=80)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=QUERY_LENGTH, blank=True)
    is_default = models.BooleanField(default=False, help_text="The list opens with it, for its owner")
    is_shared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "page", "member", "name"], name="saved_view_name_once"),
            models.UniqueConstraint(
                fields=["tenant", "page", "member"], condition=Q(is_default=True), name="saved_view_one_default"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "page"], name="saved_view_shared", condition=Q(is_shared=True))]

    def __str__(self) -> str:
        return self.name
