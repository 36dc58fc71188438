from django.db import models
from django.db.models import Q

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class OrderDraft(TenantModel):
    """An order that somebody is typing: what stands in the fields, right or wrong, kept at every change.

    `content` is `{"header": {field: text}, "rows": [{field: text}, …]}` without the empty fields. `version` guards
    against two people (or one on two machines); `page` is the page that saved last, which never conflicts with
    itself. Once it is entered, the draft is empty and names its order.
    """

    key = models.UUIDField(help_text="The page that began it: its first save twice is one draft")
    owner = TenantKey("tenancy.Member")
    content = models.JSONField(default=dict)
    sell_to = models.CharField(max_length=200, blank=True, help_text="As typed")
    customer_po = models.CharField(max_length=200, blank=True, help_text="As typed")
    line_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    page = models.UUIDField()
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = TenantKey("tenancy.Member")
    order = TenantKey("orders.Order", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="draft_once")]
        indexes = [
            models.Index(fields=["tenant", "saved_at", "id"], name="draft_open", condition=Q(order__isnull=True)),
            models.Index(
                fields=["tenant", "owner", "saved_at", "id"],
                name="draft_open_of_owner",
                condition=Q(order__isnull=True),
            ),
            models.Index(
                fields=["tenant", "owner", "saved_at"], name="draft_entered", condition=Q(order__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sell_to} {self.customer_po}".strip() or "Draft"
