from typing import Any, TypeVar

from django.db import models

from tenancy.scope import current_tenant_id

M = TypeVar("M", bound=models.Model)


class TenantQuerySet(models.QuerySet[M]):
    """Base of every tenant queryset."""


class TenantManager(models.Manager[M]):
    """Adds the tenant to every query: the planner estimates from it, row-level security alone hides it."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(tenant_id=current_tenant_id())
