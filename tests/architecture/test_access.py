"""Every address × every role × the anonymous, strangers and other tenants."""

import pytest
from django.test import Client
from django.urls import reverse

from tenancy.choices import OUTSIDERS, Role
from tests.architecture.access_matrix import OUTSIDE, PAGES
from tests.architecture.urls import named_patterns, tenant_names
from tests.architecture.world import World
from tests.factories.tenancy import make_user
from tests.jobs.kinds import HANDLERS

FORBIDDEN, MISSING, LOGIN = 403, 404, 302


@pytest.fixture
def worlds(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.JOB_HANDLERS = {**settings.JOB_HANDLERS, **HANDLERS}
    return World("aurora"), World("kestrel")


def status(user, url, method="get"):
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    response = getattr(client, method)(url)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def address(name, world, samples_of=None):
    build = PAGES[name].kwargs
    values = {key: make(samples_of or world) for key, make in build.items()}
    return reverse(name, kwargs={"tenant": world.tenant.slug, **values})


def test_every_address_is_in_the_matrix():
    inside = tenant_names()
    assert sorted(PAGES) == sorted(inside)
    assert sorted(OUTSIDE) == sorted(set(named_patterns()) - inside)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_opens_to_the_roles_that_may_and_to_no_other(worlds, name):
    world, page = worlds[0], PAGES[name]
    url = address(name, world)
    found = {role: status(world.member(role).user, url) for role in Role}
    assert found == {role: page.but.get(role, page.get) if role in page.roles else FORBIDDEN for role in Role}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_outsiders_of_the_tenant(worlds, name):
    world, other = worlds
    url = address(name, world)
    people = {"anonymous": None, "stranger": make_user(), "other tenant": other.member(Role.ADMIN).user}
    found = {(who, method): status(user, url, method) for who, user in people.items() for method in ("get", "post")}
    refused = {(who, method): MISSING for who, method in found if who != "anonymous"}
    assert found == refused | {("anonymous", "get"): LOGIN, ("anonymous", "post"): LOGIN}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_post_is_refused_to_roles_without_the_right(worlds, name):
    """Roles without the right are refused before anything is read; for the others it does not break."""
    world, page = worlds[0], PAGES[name]
    url = address(name, world)
    found = {role: status(world.member(role).user, url, "post") for role in Role}
    assert {role for role, code in found.items() if code == FORBIDDEN} == set(Role) - page.roles
    assert [role for role, code in found.items() if code >= 500] == []


@pytest.mark.parametrize("name", sorted(name for name, page in PAGES.items() if page.kwargs))
def test_objects_of_others(worlds, name):
    """An id of another tenant, or of another outsider's party, does not exist."""
    world, other = worlds
    page = PAGES[name]
    foreign = address(name, world, samples_of=other)
    methods = ("get", "post") if page.get == 405 else ("get",)
    wanted = {405, MISSING}
    for role in page.roles:
        for method in methods:
            assert status(world.member(role).user, foreign, method) in wanted, (role, method)
        assert status(world.member(role).user, foreign, methods[-1]) == MISSING, role
    for role in page.roles & OUTSIDERS:
        assert status(world.member(role, of_rival=True).user, address(name, world), methods[-1]) == MISSING, role


@pytest.mark.parametrize("name", sorted(OUTSIDE))
def test_the_programs_own_addresses(db, valkey_server, name):
    url = reverse(name, kwargs=OUTSIDE[name].kwargs)
    found = (status(None, url), status(make_user(), url))
    assert found == (OUTSIDE[name].anonymous, OUTSIDE[name].signed_in)
