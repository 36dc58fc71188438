import datetime as dt

import pytest

from tenancy.choices import Role
from tenancy.models import Invitation
from tenancy.scope import tenant_scope
from tests.factories.tenancy import make_member
from ui import navigation


@pytest.fixture
def site(settings):
    """The sample pages in place of the project's."""
    settings.ROOT_URLCONF = "tests.ui.pages"
    settings.NAVIGATION = "tests.ui.pages.NAVIGATION"
    navigation.declared.cache_clear()
    yield
    navigation.declared.cache_clear()


@pytest.fixture
def signed_in(client, aurora, site):
    """Signs a member of Aurora in: `signed_in(Role.ADMIN, sees_cost=True)` gives the client."""

    def sign_in(role=Role.ADMIN, **values):
        with tenant_scope(aurora.pk):
            member = make_member(role, **values)
        client.force_login(member.user)
        return client

    return sign_in


@pytest.fixture
def invitations(aurora, now):
    """Seven invitations, an hour apart, the oldest first: a@… to g@…"""
    with tenant_scope(aurora.pk):
        made = []
        for number, letter in enumerate("abcdefg"):
            row = Invitation.objects.create(
                email=f"{letter}@example.com",
                role=Role.FINANCE if number % 2 else Role.SALES_OPS,
                secret_hash=f"hash-{letter}",
                expires_at=now + dt.timedelta(days=number),
            )
            Invitation.objects.filter(pk=row.pk).update(
                created_at=now + dt.timedelta(hours=number, microseconds=number)
            )
            made.append(row)
        return made
