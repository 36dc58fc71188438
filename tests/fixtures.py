"""Fixtures that most tests want: a tenant in scope, its people, another tenant."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from pytest_django.fixtures import Settings

from tenancy.choices import Role
from tenancy.models import Member, Tenant
from tenancy.scope import tenant_scope
from tests.factories.tenancy import make_member, make_tenant

# a Monday, noon in Los Angeles
NOW = dt.datetime(2026, 11, 23, 20, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture
def noon() -> Iterator[None]:
    """The test begins on that Monday, and the clock goes on from there."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def still_noon() -> Iterator[None]:
    """All of the test happens in one instant."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Files that are stored go where the test alone looks."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def aurora(db: None) -> Tenant:
    return make_tenant("aurora", name="Aurora Semiconductor")


@pytest.fixture
def kestrel(db: None) -> Tenant:
    return make_tenant("kestrel", name="Kestrel Devices", currency="EUR", timezone="Europe/Berlin")


@pytest.fixture
def inside(aurora: Tenant) -> Iterator[Tenant]:
    """The whole test runs within Aurora's scope."""
    with tenant_scope(aurora.pk):
        yield aurora


@pytest.fixture
def desk(inside: Tenant) -> Member:
    """A member who may do everything at Aurora."""
    return make_member(Role.ADMIN, sees_cost=True)
