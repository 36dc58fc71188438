"""Members, invitations, the audit trail and one's own preferences, over HTTP."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from people.actions.invite_member import invite_member
from people.rights_in_words import IN_WORDS
from tenancy.models import AuditEntry, Invitation, Member, User
from tenancy.rights import ALL_RIGHTS
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.parties import make_party
from tests.factories.pricing import make_agreement
from tests.factories.tenancy import make_member, make_user

PASSWORD = "correct horse battery"


def join(client, link, **values):
    return client.post(link, {"name": "New Person", "password": PASSWORD, "again": PASSWORD, **values})


def test_an_invitation_is_sent_and_leads_in(browser, inside, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/aurora/people/invite/", {"email": "New@example.com", "role": "finance"})
    assert answer.url == "/aurora/people/invitations/"
    link = re.search(r"http://testserver(/invitation/\S+/)", mail.outbox[0].body)[1]
    assert mail.outbox[0].to == ["new@example.com"]
    assert "Finance" in mail.outbox[0].body
    page = browser.get(answer.url).text
    assert f"http://testserver{link}" in page
    assert link not in browser.get(answer.url).text
    browser.logout()
    page = browser.get(link).text
    assert "Join Aurora Semiconductor" in page
    answer = join(browser, link)
    assert answer.url == "/aurora/"
    assert browser.get("/aurora/").status_code == 302
    assert Member.objects.get(user__email="new@example.com").role == "finance"
    assert browser.get(link).status_code == 410


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"email": "no address"}, "valid email"),
        ({"role": "king"}, "not one of the available"),
        ({"role": "partner"}, "say which"),
        ({"role": "partner", "party": "NOBODY"}, "no active party with the code “NOBODY”"),
        ({"party": "P1"}, "Only dock and partner"),
        ({"role": "dock", "party": "p1", "sees_cost": "on"}, "never shown to dock"),
    ],
)
def test_a_bad_invitation_is_explained_and_keeps_what_was_typed(browser, values, message):
    make_party("P1")
    answer = browser.post("/aurora/people/invite/", {"email": "new@example.com", "role": "finance", **values})
    assert answer.status_code == 422
    assert message in answer.text
    assert values.get("email", "new@example.com") in answer.text
    assert not Invitation.objects.exists()


def test_a_party_of_another_tenant_is_no_party(browser, kestrel):
    with tenant_scope(kestrel.pk):
        make_party("THEIRS")
    answer = browser.post("/aurora/people/invite/", {"email": "n@example.com", "role": "dock", "party": "THEIRS"})
    assert answer.status_code == 422


def test_a_mail_server_that_is_down_loses_no_invitation(browser, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/aurora/people/invite/", {"email": "new@example.com", "role": "finance"})
    assert answer.status_code == 302
    assert Invitation.objects.get().email == "new@example.com"


@pytest.fixture
def link(inside):
    invited = invite_member(email="new@example.com", role="finance", by=None, at=timezone.now())
    return reverse("invitation", args=[invited.secret])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": ""}, "required"),
        ({"again": "something else"}, "not the same"),
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "new@example.com", "again": "new@example.com"}, "too similar"),
        ({"password": "123456789012", "again": "123456789012"}, "entirely numeric"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_still_works(client, link, values, message):
    answer = join(client, link, **values)
    assert answer.status_code == 422
    assert message in answer.text
    assert PASSWORD not in answer.text
    assert join(client, link).status_code == 302


def test_somebody_known_signs_in_first_and_then_joins(client, link, kestrel):
    known = make_user("new@example.com", PASSWORD)
    answer = client.get(link)
    assert answer.url == f"/accounts/login/?next={link}"
    assert join(client, link).url == answer.url
    client.force_login(known)
    assert "new@example.com" in client.get(link).text
    assert client.post(link).url == "/aurora/"
    assert Member.objects.get(user=known).role == "finance"


def test_somebody_else_cannot_use_the_link(client, link):
    client.force_login(make_user())
    assert "Sign out" in client.get(link).text
    assert client.post(link).status_code == 200
    assert not Member.objects.exists()


def test_an_invitation_is_withdrawn(browser, link):
    pk = Invitation.objects.get().pk
    assert browser.post(f"/aurora/people/invitations/{pk}/withdraw/").status_code == 302
    assert "Withdrawn" in browser.get("/aurora/people/invitations/").text
    browser.logout()
    assert browser.get(link).status_code == 410


def test_members_are_listed_filtered_and_exported_with_their_party(browser, admin):
    party = make_party("P1", name="Partner One")
    partner = make_member("partner", party_id=party.pk)
    shut_out = make_member("manager", is_active=False)
    page = browser.get("/aurora/people/").text
    for text in (partner.user.email, "P1 Partner One", shut_out.user.email, "Shut out"):
        assert text in page
    page = browser.get("/aurora/people/?role=partner").text
    assert partner.user.email in page
    assert shut_out.user.email not in page
    export = b"".join(browser.get("/aurora/people/?export=csv").streaming_content).decode()
    assert "P1 Partner One" in export


def test_a_member_is_changed_from_the_next_click_on(browser, client):
    colleague = make_member("manager")
    answer = browser.post(f"/aurora/people/{colleague.pk}/", {"role": "finance", "sees_cost": "on"})
    assert answer.url == "/aurora/people/"
    colleague.refresh_from_db()
    assert (colleague.role, colleague.sees_cost) == ("finance", True)


def test_oneself_is_not_changed(browser, admin):
    assert "This is you" in browser.get(f"/aurora/people/{admin.pk}/").text
    answer = browser.post(f"/aurora/people/{admin.pk}/", {"role": "finance"})
    assert answer.status_code == 422
    assert "Ask another administrator" in answer.text
    assert browser.post(f"/aurora/people/{admin.pk}/deactivate/").status_code == 422
    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == ("admin", True)


def test_who_is_shut_out_is_out_at_the_next_click(browser, django_user_model):
    colleague = make_member("manager")
    other = browser.__class__()
    other.force_login(colleague.user)
    assert other.get("/aurora/jobs/").status_code == 200
    browser.post(f"/aurora/people/{colleague.pk}/deactivate/")
    assert other.get("/aurora/jobs/").status_code == 404
    browser.post(f"/aurora/people/{colleague.pk}/reactivate/")
    assert other.get("/aurora/jobs/").status_code == 200


def test_the_audit_trail_tells_who_changed_what(browser, admin):
    colleague = make_member("manager")
    browser.post(f"/aurora/people/{colleague.pk}/", {"role": "finance"})
    page = browser.get(f"/aurora/people/audit/?table=tenancy_member&row={colleague.pk}").text
    assert "role: Manager → Finance" in page
    assert admin.user.email in page
    page = browser.get(f"/aurora/people/audit/?member={admin.pk}").text
    assert "role: Manager → Finance" in page


def test_the_audit_trail_hides_prices_from_who_sees_no_cost(client, desk):
    make_agreement(make_product(), "0.95", end_buyer=make_party(), sell_to=make_party())
    assert AuditEntry.objects.filter(table_name="pricing_agreementline").exists()
    pages = {}
    for sees_cost in (True, False):
        client.force_login(make_member("finance", sees_cost=sees_cost).user)
        pages[sees_cost] = client.get("/aurora/people/audit/?table=pricing_agreementline").text
        exported = client.get("/aurora/people/audit/?table=pricing_agreementline&export=csv").streaming_content
        pages[sees_cost] += b"".join(exported).decode()
    assert "prices: 0.95" in pages[True]
    assert "prices: hidden" in pages[False]
    assert "0.95" not in pages[False]


def test_preferences_are_kept(browser, admin):
    answer = browser.post("/aurora/people/preferences/", {"name": "Ada Admin", "theme": "dark"})
    assert answer.url == "/aurora/people/preferences/"
    page = browser.get(answer.url).text
    assert 'data-bs-theme="dark"' in page
    assert 'data-keys="off"' in page
    assert "Ada Admin" in page
    assert browser.post("/aurora/people/preferences/", {"name": "x", "theme": "pink"}).status_code == 422


def test_an_outsider_keeps_preferences_too(client, inside):
    partner = make_member("partner", party_id=make_party().pk)
    client.force_login(partner.user)
    assert client.post("/aurora/people/preferences/", {"name": "Pat", "theme": "light"}).status_code == 302
    assert "Pat" in client.get("/aurora/people/preferences/").text


def test_with_one_tenant_the_start_leads_into_it(browser):
    assert browser.get("/").url == "/aurora/"
    assert browser.get("/?choose").status_code == 200


def test_with_two_tenants_the_start_asks(browser, admin, kestrel):
    with tenant_scope(kestrel.pk):
        make_member("finance", user=admin.user)
    page = browser.get("/").text
    assert page.index("Aurora Semiconductor") < page.index("Kestrel Devices")
    assert 'href="/kestrel/"' in page


def test_without_a_tenant_the_start_says_so(client, db):
    client.force_login(make_user())
    assert "You belong to no company yet" in client.get("/").text


def test_the_start_of_a_tenant_is_the_first_place_open_to_the_role(client, inside):
    for role, party_id in (("sales_ops", None), ("dock", make_party().pk)):
        client.force_login(make_member(role, party_id=party_id).user)
        start = client.get("/aurora/", follow=True)
        assert start.status_code == 200


def test_new_people_have_no_rights_in_django(client, link):
    join(client, link)
    user = User.objects.get(email="new@example.com")
    assert (user.is_superuser, user.is_active) == (False, True)


def test_each_right_is_said_in_words(browser, inside):
    page = browser.get("/aurora/people/roles/").text
    assert set(IN_WORDS) == set(ALL_RIGHTS)
    assert [right for right, words in IN_WORDS.items() if words not in page or right not in page] == []
