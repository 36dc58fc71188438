"""The sample pages with something on them, for tests over HTTP and in a browser."""

import datetime as dt

from tenancy.choices import Role
from tenancy.models import Invitation
from tenancy.scope import tenant_scope
from ui import navigation


def serve_sample_pages(settings):
    """The sample pages in place of the project's, for the length of a fixture."""
    settings.ROOT_URLCONF = "tests.ui.pages"
    settings.NAVIGATION = "tests.ui.pages.NAVIGATION"
    navigation.declared.cache_clear()
    yield
    navigation.declared.cache_clear()


def make_invitations(tenant, now):
    """Seven invitations, an hour apart, the oldest first: a@… to g@…"""
    made = []
    with tenant_scope(tenant.pk):
        for number, letter in enumerate("abcdefg"):
            row = Invitation.objects.create(
                email=f"{letter}@example.com",
                role=Role.FINANCE if number % 2 else Role.SALES_OPS,
                secret_hash=f"hash-{letter}",
                expires_at=now + dt.timedelta(days=number),
            )
            at = now + dt.timedelta(hours=number, microseconds=number)
            Invitation.objects.filter(pk=row.pk).update(created_at=at)
            made.append(row)
    return made
