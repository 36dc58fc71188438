from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import connection

from tenancy.directory import slug_taken
from tenancy.models import Counter, Tenant
from tenancy.numbering import GAPLESS_KINDS, SEQUENCE_KINDS
from tenancy.scope import tenant_scope
from values.currencies import MINOR_UNITS

# the first path segment is the tenant: these belong to the program itself
RESERVED_SLUGS = frozenset(
    {"accounts", "static", "healthz", "readyz", "metrics", "invitation", "preferences", "unsubscribe"}
)


def create_tenant(*, slug: str, name: str, currency: str, timezone: str, **settings: Any) -> Tenant:
    """Make an empty tenant with its number sequences. Raises ValidationError for a bad or taken value.

    Its name is put on one line, since it stands in the subjects of mails.
    """
    if slug in RESERVED_SLUGS:
        raise ValidationError({"slug": f"“{slug}” is a path of the program itself; choose another."})
    if slug_taken(slug):
        raise ValidationError({"slug": f"A tenant “{slug}” exists already."})
    check_settings(currency, timezone)
    tenant = Tenant(slug=slug, name=" ".join(name.split()), currency=currency, timezone=timezone, **settings)
    tenant.full_clean(exclude=["id"], validate_unique=False)
    tenant.pk = _next_tenant_id()
    with tenant_scope(tenant.pk):
        tenant.save(force_insert=True)
        Counter.objects.bulk_create(Counter(kind=kind) for kind in GAPLESS_KINDS)
        with connection.cursor() as cursor:
            cursor.execute("SELECT oms_prepare_numbers(%s)", [list(SEQUENCE_KINDS)])
    return tenant


def check_settings(currency: str, timezone: str) -> None:
    """What no field of the model can say: the code is a currency, the name is a time zone."""
    errors = {}
    if currency not in MINOR_UNITS:
        errors["currency"] = f"“{currency}” is no ISO 4217 currency code such as USD."
    if timezone not in available_timezones():
        errors["timezone"] = f"“{timezone}” is no time zone such as Europe/Berlin."
    if errors:
        raise ValidationError(errors)


def _next_tenant_id() -> int:
    # the row's own policy asks for a scope with its id, so the id comes first
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('tenancy_tenant', 'id'))")
        return cursor.fetchone()[0]
