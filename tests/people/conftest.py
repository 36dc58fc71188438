"""Somebody who may do everything, and a client in that person's name."""

import pytest

from tests.factories.tenancy import make_member


@pytest.fixture
def admin(inside):
    return make_member("admin", sees_cost=True)


@pytest.fixture
def browser(client, admin):
    client.force_login(admin.user)
    return client
