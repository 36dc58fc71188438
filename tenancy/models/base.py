from django.db import models

from tenancy.models.tenant import Tenant
from tenancy.querysets import TenantManager
from tenancy.scope import current_tenant_id


class TenantModel(models.Model):
    """A row of one tenant. Its migration lists it in `ProtectTables`, which a test enforces."""

    tenant = models.ForeignKey(
        Tenant,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        default=current_tenant_id,
        editable=False,
    )

    objects = TenantManager()

    class Meta:
        abstract = True


class BulkModel(TenantModel):
    """Rows that are written by the hundred thousand, and whose tenant is proved by other means.

    They name some other row of it by a composite key, or are computed from rows that do. A key of the tenant alone
    would prove it again, row by row at the end of the transaction.
    """

    tenant = models.ForeignKey(
        Tenant,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        default=current_tenant_id,
        editable=False,
    )

    class Meta:
        abstract = True
