import pytest

from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.tenancy import make_member
from tests.ui.site import make_invitations, serve_sample_pages


@pytest.fixture
def site(settings):
    yield from serve_sample_pages(settings)


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
    return make_invitations(aurora, now)
