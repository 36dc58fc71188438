"""The few facts about tenants that code outside any scope needs: sweepers, commands, the slug in a URL."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import connection


class UnknownTenant(LookupError):
    """No active tenant has this slug."""


@dataclass(frozen=True)
class TenantEntry:
    id: int
    slug: str
    timezone: str
    nightly_hour: int

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def active_tenants() -> list[TenantEntry]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, slug, timezone, nightly_hour FROM oms_tenants() WHERE is_active ORDER BY id")
        return [TenantEntry(*row) for row in cursor.fetchall()]


def tenant_by_slug(slug: str) -> TenantEntry:
    found = [entry for entry in active_tenants() if entry.slug == slug]
    if not found:
        known = ", ".join(entry.slug for entry in active_tenants()) or "none yet"
        raise UnknownTenant(f"There is no tenant “{slug}”. Known: {known}.")
    return found[0]


def slug_taken(slug: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM oms_tenants() WHERE slug = %s)", [slug])
        return cursor.fetchone()[0]
