"""Credit exposure of a bill-to: unpaid invoices + open backlog due within the tenant's horizon."""

from datetime import date, timedelta

from django.db import connection

from orders.choices import BOOKING_TYPES
from parties.models import Party
from pricing.rates import rate_on
from tenancy.models import Tenant
from tenancy.scope import current_tenant_id
from values.currencies import minor_digits
from values.money import convert, round_half_up, to_minor
from values.sql import load


def exposure(party: Party, tenant: Tenant, on: date) -> int:
    """Minor units of the tenant's currency."""
    with connection.cursor() as cursor:
        cursor.execute(
            load("orders", "credit_exposure"),
            {
                "tenant_id": current_tenant_id(),
                "party_id": party.pk,
                "horizon": on + timedelta(days=tenant.credit_horizon_days),
                "reporting_currency": tenant.currency,
                "order_types": [str(each) for each in BOOKING_TYPES],
            },
        )
        sums = [(currency, amount) for currency, amount in cursor.fetchall() if amount is not None]
    digits = minor_digits(tenant.currency)
    return sum(int(round_half_up(amount.scaleb(digits - minor_digits(currency)))) for currency, amount in sums)


def limit(party: Party, tenant: Tenant, on: date) -> int | None:
    """The party's credit limit in minor units of the tenant's currency; None: no limit, or no rate to judge it by."""
    if party.credit_limit is None:
        return None
    currency = party.currency or tenant.currency
    rate = rate_on(currency, tenant.currency, on)
    if rate is None:
        return None
    return convert(to_minor(party.credit_limit, currency), currency, tenant.currency, rate)
