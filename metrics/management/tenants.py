from django.core.management.base import CommandError

from tenancy.directory import TenantEntry, UnknownTenant, tenant_by_slug

BAD_INPUT = 2


def tenant_called(slug: str) -> TenantEntry:
    """The tenant, or the command ends with the list of those there are."""
    try:
        return tenant_by_slug(slug)
    except UnknownTenant as error:
        raise CommandError(str(error), returncode=BAD_INPUT) from error
