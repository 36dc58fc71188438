import re

import pytest

from tenancy.choices import Role
from tenancy.models import Invitation
from tenancy.scope import tenant_scope


def count_invitations(tenant):
    with tenant_scope(tenant.pk):
        return Invitation.objects.count()


VALID = {"email": "new@example.com", "role": "finance", "click": "4dbe4dd3-0f0f-4c63-8b07-9a6c2b7a3f5e"}


def test_strangers_find_nothing_and_members_without_the_right_are_refused(signed_in, kestrel):
    client = signed_in(Role.FINANCE)
    assert client.get("/aurora/list/").status_code == 200
    refused = client.get("/aurora/new/")
    assert refused.status_code == 403
    assert "It is called “people.manage”." in refused.content.decode()
    assert client.get("/kestrel/list/").status_code == 404


def test_navigation_shows_what_the_member_may_open_and_where_they_are(signed_in, invitations):
    body = signed_in(Role.FINANCE).get("/aurora/list/").content.decode()
    assert re.search(r'<a href="/aurora/list/" aria-current="page" title="Invitations"', body)
    assert 'href="/aurora/new/"' not in body
    assert 'href="/aurora/dock/"' not in body
    assert "Aurora Semiconductor" in body
    manager = signed_in(Role.ADMIN).get("/aurora/list/").content.decode()
    assert '<a href="/aurora/new/" title="Invite"' in manager


def test_detail_of_another_tenants_row_does_not_exist(signed_in, kestrel, now):
    with tenant_scope(kestrel.pk):
        theirs = Invitation.objects.create(email="k@example.com", role="finance", secret_hash="k", expires_at=now)
    assert signed_in().get(f"/aurora/list/{theirs.pk}/").status_code == 404


def test_form_carries_a_click_key_and_redirects_after_the_action(signed_in, aurora):
    client = signed_in()
    page = client.get("/aurora/new/").content.decode()
    assert re.search(r'name="click" value="[0-9a-f-]{36}"', page)
    response = client.post("/aurora/new/", VALID)
    assert response.status_code == 302
    assert response["Location"] == "/aurora/list/"
    with tenant_scope(aurora.pk):
        assert Invitation.objects.get().secret_hash == VALID["click"]
    assert "Invited." in client.get("/aurora/list/").content.decode()


def test_the_same_form_sent_twice_acts_once(signed_in, aurora):
    client = signed_in()
    first = client.post("/aurora/new/", VALID)
    second = client.post("/aurora/new/", VALID)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    with tenant_scope(aurora.pk):
        assert Invitation.objects.count() == 1


def test_errors_keep_everything_typed_and_the_click_key(signed_in, aurora):
    response = signed_in().post("/aurora/new/", {**VALID, "email": "not an address"})
    body = response.content.decode()
    assert response.status_code == 422
    assert 'value="not an address"' in body
    assert '<option value="finance" selected>' in body
    assert VALID["click"] in body
    assert '<span class="field-error" id="id_email_error">Enter a valid email address.</span>' in body
    assert '<b>1 field to correct:</b> <a href="#id_email">email</a>' in body
    assert 'aria-invalid="true"' in body
    assert count_invitations(aurora) == 0


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("taken@example.com", '<span class="field-error" id="id_email_error">They were invited on Monday.</span>'),
        ("full@example.com", "<b>All seats are taken.</b>"),
    ],
)
def test_what_an_action_refuses_is_shown_and_nothing_is_written(signed_in, aurora, email, shown):
    response = signed_in().post("/aurora/new/", {**VALID, "email": email})
    assert response.status_code == 422
    assert shown in response.content.decode()
    assert count_invitations(aurora) == 0


def test_confirmation_asks_first_and_acts_on_post(signed_in, aurora, invitations):
    client = signed_in()
    address = f"/aurora/list/{invitations[0].pk}/withdraw/"
    body = client.get(address).content.decode()
    assert "The link stops working." in body
    assert "btn-danger" in body
    with tenant_scope(aurora.pk):
        assert Invitation.objects.get(pk=invitations[0].pk).withdrawn_at is None
    assert client.post(address).status_code == 302
    with tenant_scope(aurora.pk):
        assert Invitation.objects.get(pk=invitations[0].pk).withdrawn_at is not None


def test_conflict_shows_both_values(signed_in):
    response = signed_in().get("/aurora/conflict/")
    body = response.content.decode()
    assert response.status_code == 409
    assert '<span class="is-changed">5,000</span><span class="is-changed">4,000</span>' in body
    assert "<span>Supplier</span><span>Supplier</span>" in body
    assert '<input type="hidden" name="version" value="8">' in body


def test_broken_page_stands_alone(signed_in):
    client = signed_in()
    client.raise_request_exception = False
    response = client.get("/aurora/broken/")
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"])
def test_pages_before_signing_in_use_the_house_layout(client, site, db, address):
    response = client.get(address)
    assert response.status_code == 200
    assert '<body class="plain"' in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/accounts/logout/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/totp/activate/"],
)
def test_pages_about_the_account_use_the_house_layout(signed_in, address):
    response = signed_in().get(address, follow=True)
    assert response.status_code == 200
    assert '<body class="plain"' in response.content.decode()


def test_theme_is_a_cookie_that_the_server_reads(client, site, db):
    response = client.post("/preferences/theme", {"theme": "dark", "next": "/accounts/login/"})
    assert response["Location"] == "/accounts/login/"
    assert response.cookies["theme"]["httponly"]
    assert 'data-bs-theme="dark"' in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_theme_never_sends_anybody_away(client, site, db, target):
    response = client.post("/preferences/theme", {"theme": "purple", "next": target})
    assert response["Location"] == "/"
    assert "theme" not in response.cookies


def test_pages_hold_no_inline_style_script_or_handler(signed_in, invitations):
    client = signed_in()
    for address in ("/aurora/list/", "/aurora/new/", "/aurora/conflict/", "/accounts/login/", "/accounts/2fa/"):
        body = client.get(address, follow=True).content.decode()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\bsrc=)", body), address
