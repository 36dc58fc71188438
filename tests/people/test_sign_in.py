"""Signing in by e-mail, with allauth's limits; nobody signs up."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from structlog.contextvars import bound_contextvars, get_contextvars

from people.request_log import RequestLog
from tenancy.models import User
from tenancy.scope import tenant_scope
from tests.factories.tenancy import make_member, make_user

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def no_earlier_failures():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ada(aurora):
    with tenant_scope(aurora.pk):
        return make_member(user=make_user("ada@example.com", PASSWORD)).user


def sign_in(client, email="ada@example.com", password=PASSWORD, **extra):
    return client.post("/accounts/login/", {"login": email, "password": password}, **extra)


def test_by_e_mail_in_any_case_and_back_to_where_one_came_from(client, ada):
    answer = client.post("/accounts/login/?next=/aurora/jobs/", {"login": "Ada@Example.com", "password": PASSWORD})
    assert answer.url == "/aurora/jobs/"
    assert client.get(answer.url).status_code == 200


def test_a_wrong_password_and_an_unknown_address_sound_the_same(client, ada):
    texts = []
    for email, password in (("ada@example.com", "wrong"), ("nobody@example.com", PASSWORD)):
        answer = sign_in(client, email, password)
        assert answer.status_code == 200
        texts.append(re.findall(r'role="alert">.*?</', answer.text, re.DOTALL) or "correct" in answer.text)
    assert texts[0] == texts[1]


def test_after_five_failures_even_the_right_password_waits(client, ada):
    for _ in range(5):
        sign_in(client, password="wrong")
    answer = sign_in(client)
    assert answer.status_code == 200
    assert "Too many failed" in answer.text


def test_the_way_back_leads_to_our_own_pages_only(client, ada):
    answer = client.post("/accounts/login/?next=https://evil.example/", {"login": ada.email, "password": PASSWORD})
    assert answer.url == "/"


def test_nobody_signs_up(client, db):
    assert "by invitation" in client.get("/accounts/signup/").text
    values = {"email": "me@example.com", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", values)
    assert not User.objects.filter(email="me@example.com").exists()


def test_a_forgotten_password_is_set_anew_by_e_mail(client, ada):
    assert client.post("/accounts/password/reset/", {"email": "ada@example.com"}).status_code == 302
    path = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(path, follow=True)
    new = "another long password"
    assert client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new}).status_code == 302
    assert sign_in(client, password=new).status_code == 302


def test_asking_for_an_unknown_address_tells_nothing_and_sends_nothing(client, ada):
    known = client.post("/accounts/password/reset/", {"email": "ada@example.com"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to for letter in mail.outbox] == [["ada@example.com"]]


def test_a_password_is_changed_by_who_knows_the_old_one(client, ada):
    sign_in(client)
    new = "another long password"
    wrong = {"oldpassword": "wrong", "password1": new, "password2": new}
    assert client.post("/accounts/password/change/", wrong).status_code == 200
    assert client.post("/accounts/password/change/", {**wrong, "oldpassword": PASSWORD}).status_code == 302
    client.logout()
    assert sign_in(client, password=new).status_code == 302


def test_nobody_changes_their_address(client, ada):
    sign_in(client)
    assert client.get("/accounts/email/").status_code == 404


def test_who_signed_out_has_to_sign_in_again(client, ada):
    sign_in(client)
    client.post("/accounts/logout/")
    assert client.get("/aurora/jobs/").status_code == 302


def code_of(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_with_two_factors_the_password_alone_does_not_let_in(client, ada):
    sign_in(client)
    asked = client.get("/accounts/2fa/totp/activate/").url
    page = client.post(asked, {"password": PASSWORD}, follow=True).text
    secret = re.search(r"\b([A-Z2-7]{32})\b", page)[1]
    assert client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    client.logout()
    assert sign_in(client).url.startswith("/accounts/2fa/authenticate/")
    assert client.get("/aurora/jobs/").status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    cache.clear()
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/aurora/jobs/").status_code == 200


def test_behind_a_proxy_one_guesser_does_not_lock_out_the_others(client, ada, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(11):
        sign_in(client, f"guess{number}@example.com", "wrong", headers={"X-Forwarded-For": "198.51.100.7"})
    # what the guesser writes in front of it does not count
    behind = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    assert "Too many failed" in sign_in(client, headers=behind).text
    assert sign_in(client, headers={"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}).url == "/"


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (3, None)])
def test_the_log_has_the_address_that_counts(rf, settings, proxies, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    with bound_contextvars(ip="before"):
        RequestLog.bind_ip(rf.get("/healthz", headers={"X-Forwarded-For": "192.0.2.1, 203.0.113.9"}))
        assert get_contextvars()["ip"] == address
