from datetime import datetime
from typing import Any

from people.outside import has_amounts
from tenancy.actions.create_tenant import check_settings
from tenancy.models import Member, Tenant


class CurrencyIsFixed(Exception):
    """Amounts that were recorded in the currency would change their meaning."""

    field = "currency"


class PeriodNotOver(Exception):
    """A day that is not over cannot be closed: what happens on it would count on a day to come."""

    field = "closed_through"


def change_tenant(*, tenant_id: int, by: Member | None, at: datetime, **settings: Any) -> Tenant:
    """Give the tenant in scope other settings, by the names of its fields.

    Raises CurrencyIsFixed, PeriodNotOver, or ValidationError for a value that no field takes.
    """
    # no row of the tenant can be written beside it, because each refers to it
    tenant = Tenant.objects.select_for_update().get(pk=tenant_id)
    if settings.get("currency", tenant.currency) != tenant.currency and has_amounts():
        raise CurrencyIsFixed("There are amounts in this currency: it cannot change any more.")
    for name, value in settings.items():
        setattr(tenant, name, value)
    check_settings(tenant.currency, tenant.timezone)
    if tenant.closed_through and tenant.closed_through >= tenant.today(at):
        raise PeriodNotOver("Only days that are over can be closed.")
    tenant.full_clean(exclude=["id"], validate_unique=False, validate_constraints=False)
    tenant.save(update_fields=list(settings))
    return tenant
