"""Tenants and their people."""

from itertools import count
from typing import Any

from tenancy.actions.create_tenant import create_tenant
from tenancy.choices import Role
from tenancy.models import Member, Tenant, User

_serial = count(1)


def make_tenant(slug: str | None = None, **values: Any) -> Tenant:
    slug = slug or f"tenant-{next(_serial)}"
    values = {"name": slug.title(), "currency": "USD", "timezone": "America/Los_Angeles", **values}
    return create_tenant(slug=slug, **values)


def make_user(email: str | None = None, password: str = "channel-oms-demo") -> User:
    return User.objects.create_user(email or f"person{next(_serial)}@example.com", password)


def make_member(role: str = Role.ADMIN, *, user: User | None = None, **values: Any) -> Member:
    """A member of the tenant in scope."""
    return Member.objects.create(user=user or make_user(), role=role, **values)
