from typing import Any

from django.db import models


class TenantKey(models.ForeignKey):
    """A foreign key between two rows of one tenant.

    The database constraint is the composite `(tenant_id, x_id)` that `ProtectTables` adds: row-level security does
    not guard foreign-key checks, so a plain key would accept another tenant's id. The composite key says all that
    Django's own would, hence `db_constraint=False`. Indexes lead with the tenant and are declared in Meta.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs.setdefault("db_constraint", False)
        kwargs.setdefault("db_index", False)
        kwargs.setdefault("related_name", "+")
        super().__init__(to, on_delete, **kwargs)
