"""One transaction and one scope around each request, and nobody in who is not a member."""

import pytest
from django.db import connection

from parties.models import Party
from tenancy.models import Member, Tenant
from tenancy.scope import tenant_scope
from tests.factories.parties import make_party
from tests.factories.tenancy import make_member, make_user
from ui import navigation

pytestmark = [pytest.mark.urls("tests.tenancy.pages"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def no_navigation(settings):
    """The side navigation would link to pages that the small site does not have."""
    settings.NAVIGATION = ""
    navigation.declared.cache_clear()
    yield
    navigation.declared.cache_clear()


@pytest.fixture
def alice(aurora):
    with tenant_scope(aurora.pk):
        return make_member("manager")


@pytest.fixture
def browser(client, alice):
    client.force_login(alice.user)
    client.raise_request_exception = False
    return client


def codes(tenant):
    with tenant_scope(tenant.pk):
        return [party.code for party in Party.objects.order_by("code")]


def test_a_member_gets_in_with_its_tenant_in_scope(browser, alice, aurora):
    assert browser.get("/aurora/who").text == f"aurora {alice.pk} {aurora.pk} None"


def test_an_outsider_is_held_to_its_party(client, aurora):
    with tenant_scope(aurora.pk):
        party = make_party()
        partner = make_member("partner", party_id=party.pk)
    client.force_login(partner.user)
    assert client.get("/aurora/who").text == f"aurora {partner.pk} {aurora.pk} {party.pk}"


def test_the_anonymous_are_sent_to_sign_in_and_back(client, aurora):
    answer = client.get("/aurora/who?a=1")
    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/aurora/who%3Fa%3D1")


def test_sign_in_does_not_tell_which_tenants_exist(client, aurora):
    assert client.get("/aurora/who").status_code == client.get("/nobody/who").status_code == 302


@pytest.mark.parametrize("path", ["/kestrel/who", "/nobody/who", "/aurora%00/who", "/%00/who"])
def test_for_a_stranger_a_tenant_does_not_exist(browser, kestrel, path):
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "Kestrel" not in answer.text


def test_a_member_that_was_deactivated_is_a_stranger(browser, alice, aurora):
    with tenant_scope(aurora.pk):
        Member.objects.filter(pk=alice.pk).update(is_active=False)
    assert browser.get("/aurora/who").status_code == 404


def test_a_user_that_was_deactivated_is_signed_out(browser, alice):
    alice.user.is_active = False
    alice.user.save()
    assert browser.get("/aurora/who").status_code == 302


def test_a_tenant_that_was_closed_does_not_exist(browser, aurora):
    with tenant_scope(aurora.pk):
        Tenant.objects.filter(pk=aurora.pk).update(is_active=False)
    assert browser.get("/aurora/who").status_code == 404


def test_a_member_of_two_tenants_sees_in_each_its_own(client, alice, aurora, kestrel):
    with tenant_scope(kestrel.pk):
        make_member("finance", user=alice.user)
        make_party("K1")
    with tenant_scope(aurora.pk):
        make_party("A1")
    client.force_login(alice.user)
    assert client.get("/aurora/lazily").text == "A1 "
    assert client.get("/kestrel/lazily").text == "K1 "


def test_a_template_that_renders_late_is_still_in_scope(browser, aurora):
    with tenant_scope(aurora.pk):
        make_party("A1")
    assert browser.get("/aurora/lazily").text == "A1 "


@pytest.mark.parametrize(("status", "kept"), [(200, True), (302, True), (400, False), (409, False), (422, False)])
def test_an_answer_from_400_upwards_leaves_nothing_behind(browser, aurora, status, kept):
    browser.get(f"/aurora/write/{status}")
    assert codes(aurora) == (["WRITTEN"] if kept else [])
    assert browser.get("/preferences/flashes").text == ("It is written." if kept else "")


@pytest.mark.parametrize(("path", "status"), [("break", 500), ("refuse", 403)])
def test_an_error_leaves_nothing_behind(browser, aurora, path, status):
    assert browser.get(f"/aurora/{path}").status_code == status
    assert codes(aurora) == []


def test_a_key_that_fails_at_commit_leaves_an_error_page_and_no_success(browser, aurora):
    assert browser.get("/aurora/late").status_code == 500
    assert browser.get("/preferences/flashes").text == ""
    with tenant_scope(aurora.pk):
        assert Member.objects.count() == 1


def test_a_streamed_body_opens_its_own_scope(browser, aurora):
    with tenant_scope(aurora.pk):
        make_party("A1")
        make_party("A2")
    assert b"".join(browser.get("/aurora/stream").streaming_content) == b"A1 A2 "


def test_a_streamed_body_without_a_scope_reads_nothing(browser):
    assert b"no tenant in scope" in b"".join(browser.get("/aurora/stream-without").streaming_content)


def test_nothing_stays_set_after_the_response(browser, aurora):
    browser.get("/aurora/who")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('oms.tenant_id', true)")
        assert cursor.fetchone()[0] in ("", None)


def test_a_password_of_another_does_not_open_a_tenant(client, aurora):
    client.force_login(make_user())
    assert client.get("/aurora/who").status_code == 404
