import io
import re

import pytest
from django.core.management import CommandError, call_command

from tenancy.directory import active_tenants
from tenancy.models import Invitation, Member, Tenant
from tenancy.numbering import next_gapless_number, next_number
from tenancy.scope import tenant_scope

VALUES = {"name": "Nova Parts", "currency": "EUR", "timezone": "Europe/Berlin", "admin": "Boss@Nova.example"}


def create(slug="nova", **values):
    said = io.StringIO()
    call_command("create_tenant", slug, stdout=said, **{**VALUES, **values})
    return said.getvalue()


def test_a_tenant_is_made_and_its_administrator_joins_by_the_link(db, client, settings):
    settings.PUBLIC_URL = "https://oms.example/"
    said = create()
    link = re.search(r"https://oms\.example(/invitation/\S+/)", said)[1]
    password = "correct horse battery"
    answer = client.post(link, {"name": "Boss", "password": password, "again": password})
    assert answer.url == "/nova/"
    with tenant_scope(next(entry.id for entry in active_tenants() if entry.slug == "nova")):
        tenant, member = Tenant.objects.get(slug="nova"), Member.objects.get()
        assert (tenant.name, tenant.currency, tenant.timezone) == ("Nova Parts", "EUR", "Europe/Berlin")
        assert (member.user.email, member.role, member.sees_cost) == ("boss@nova.example", "admin", True)
        assert (next_number("order"), next_gapless_number("invoice")) == (100001, 1)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"slug": "aurora"}, "slug: A tenant “aurora” exists already"),
        ({"slug": "accounts"}, "slug: “accounts” is a path of the program itself"),
        ({"slug": "No Slug!"}, "slug: Enter a valid"),
        ({"slug": "x" * 41}, "slug: Ensure this value has at most 40"),
        ({"name": ""}, "name: This field cannot be blank"),
        ({"currency": "EURO"}, "currency: “EURO” is no ISO 4217"),
        ({"currency": "eur"}, "currency: “eur” is no ISO 4217"),
        ({"timezone": "Berlin"}, "timezone: “Berlin” is no time zone"),
        ({"admin": "boss"}, "admin: Enter a valid email"),
    ],
)
def test_a_bad_value_is_named_and_nothing_is_made(aurora, values, message):
    with pytest.raises(CommandError, match=re.escape(message)):
        create(**values)
    assert [entry.slug for entry in active_tenants()] == ["aurora"]


def test_nothing_is_left_when_the_invitation_fails(db, monkeypatch):
    def fail(**_):
        raise RuntimeError("no")

    monkeypatch.setattr("people.management.commands.create_tenant.invite_member", fail)
    with pytest.raises(RuntimeError):
        create()
    assert active_tenants() == []
    assert Invitation._base_manager.count() == 0
