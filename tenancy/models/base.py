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
