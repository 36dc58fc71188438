from django.db import models

from tenancy.models.base import TenantModel


class Counter(TenantModel):
    """Gapless numbers where law demands them (invoices, credit memos). Its row lock is taken last, before commit."""

    kind = models.CharField(max_length=30)
    next_number = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "kind"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.next_number}"
