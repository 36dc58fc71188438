"""The settings of the tenant: what they change from then on, what they refuse, and their history."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils.html import strip_tags

from metrics.reports.question import period_start
from people.actions.change_tenant import CurrencyIsFixed, PeriodNotOver, change_tenant
from people.tenant_form import zones
from tenancy.models import AuditEntry, Tenant
from tenancy.scope import tenant_scope
from tests.factories.parties import make_party
from tests.factories.tenancy import make_member
from tests.fixtures import NOW

PATH = "/aurora/settings/"


@pytest.fixture
def browser(client, desk):
    client.force_login(desk.user)
    return client


def form_of(tenant, **changed):
    """What the page sends when only these are changed."""
    same = (
        "name", "legal_name", "address", "country", "tax_number", "currency", "timezone", "fiscal_pattern",
        "fiscal_start_month", "fiscal_end_weekday", "fiscal_year_end", "price_date_policy", "back_date_days",
        "credit_horizon_days", "nightly_hour",
    )  # fmt: skip
    return {**{name: getattr(tenant, name) for name in same}, "closed_through": "", **changed}


def kept(tenant):
    return Tenant.objects.get(pk=tenant.pk)


def test_all_settings_are_kept_and_the_page_shows_them(browser, inside):
    given = {
        "name": "Aurora Chips", "legal_name": "Aurora Chips, Inc.", "address": "1 Road\nAustin", "country": "us",
        "tax_number": "US 1", "currency": "EUR", "timezone": "America/Chicago", "closed_through": "2026-10-31",
        "fiscal_pattern": "445", "fiscal_start_month": "10", "fiscal_end_weekday": "4", "fiscal_year_end": "nearest",
        "price_date_policy": "ship_date", "back_date_days": "10", "credit_horizon_days": "45", "nightly_hour": "3",
    }  # fmt: skip
    answer = browser.post(PATH, given)
    assert (answer.status_code, answer.url) == (302, PATH)
    after = kept(inside)
    assert {name: str(getattr(after, name)).replace("\r", "") for name in given} == {**given, "country": "US"}
    page = browser.get(PATH).text
    for shown in ('value="Aurora Chips"', 'value="2026-10-31"', '<option value="10" selected>October'):
        assert shown in page


def test_a_name_stands_on_one_line_so_that_mails_can_be_sent(browser, inside, django_capture_on_commit_callbacks):
    assert browser.post(PATH, form_of(inside, name="Aurora\r\nBcc: x@bad.example")).status_code == 302
    assert kept(inside).name == "Aurora Bcc: x@bad.example"
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/aurora/people/invite/", {"email": "new@example.com", "role": "finance"})
    assert [letter.subject for letter in mail.outbox] == ["Join Aurora Bcc: x@bad.example on Channel OMS"]


def test_the_currency_is_fixed_with_the_first_party_and_the_page_says_why(browser, inside, desk):
    make_party("NORTH")
    page = browser.get(PATH).text
    assert re.search(r'<input[^>]*name="currency"[^>]*disabled', page)
    assert "Fixed since there are parties" in page
    browser.post(PATH, form_of(inside, currency="EUR"))
    assert kept(inside).currency == "USD"
    with pytest.raises(CurrencyIsFixed):
        change_tenant(tenant_id=inside.pk, currency="EUR", by=desk, at=NOW)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "required"),
        ({"country": "XX"}, "no ISO country code"),
        ({"currency": "ABC"}, "no ISO currency code"),
        ({"timezone": "Mars/Base"}, "not one of the available choices"),
        ({"fiscal_start_month": "13"}, "not one of the available choices"),
        ({"nightly_hour": "24"}, "not one of the available choices"),
        ({"back_date_days": "-1"}, "greater than or equal to 0"),
        ({"credit_horizon_days": "1000"}, "less than or equal to 366"),
        ({"closed_through": "2999-01-01"}, "Only days that are over"),
        ({"closed_through": "31.10.26"}, "No such day"),
    ],
)
def test_a_bad_value_is_refused_beside_its_field_and_nothing_is_lost(browser, inside, changed, said):
    answer = browser.post(PATH, form_of(inside, tax_number="US 99", **changed))
    assert answer.status_code == 422
    (name,) = changed
    assert said in strip_tags(re.search(rf'id="id_{name}_error">(.*?)</span>', answer.text)[1])
    assert 'value="US 99"' in answer.text
    assert kept(inside).tax_number == ""


def test_today_cannot_be_closed_where_the_tenant_is(inside, desk):
    late = dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)
    here = {"timezone": "America/Los_Angeles", "closed_through": dt.date(2026, 11, 23)}
    with pytest.raises(PeriodNotOver), transaction.atomic():
        change_tenant(tenant_id=inside.pk, by=desk, at=late, **here)
    # the same instant, a day later
    change_tenant(tenant_id=inside.pk, by=desk, at=late, **{**here, "timezone": "Europe/Berlin"})
    assert kept(inside).posting_date(dt.date(2026, 11, 20)) == dt.date(2026, 11, 24)


def test_reports_follow_the_calendar_at_once(browser, inside):
    assert period_start(kept(inside), dt.date(2026, 11, 23)) == dt.date(2026, 11, 1)
    browser.post(PATH, form_of(inside, fiscal_pattern="445"))
    # 2026 begins on the Sunday after 27 December 2025, the last Saturday: 47 weeks later its 12th period begins
    assert period_start(kept(inside), dt.date(2026, 11, 23)) == dt.date(2026, 11, 22)


def test_the_history_tells_who_changed_what_and_why(browser, inside, desk):
    browser.post(PATH, form_of(inside, fiscal_end_weekday="4", change_reason="As the group closes"))
    page = browser.get(f"/aurora/history/tenant/{inside.pk}/").text
    told = [strip_tags(cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)]
    assert told[1:] == [
        str(desk.user), "Changed: tenant", "fiscal end weekday", "Saturday", "Friday", "As the group closes",
    ]  # fmt: skip


def test_what_stays_the_same_leaves_no_trace(browser, inside):
    browser.post(PATH, form_of(inside))
    assert not AuditEntry.objects.filter(table_name="tenancy_tenant").exists()


def test_the_history_of_another_tenant_is_not_told_here(browser, inside, kestrel, desk):
    with tenant_scope(kestrel.pk):
        make_member("admin", user=desk.user)
        change_tenant(tenant_id=kestrel.pk, name="Kestrel Two", by=None, at=NOW)
    assert browser.get(f"/aurora/history/tenant/{kestrel.pk}/").status_code == 404
    assert browser.get(f"/kestrel/history/tenant/{kestrel.pk}/").status_code == 200


def test_settings_of_another_tenant_cannot_be_changed(inside, kestrel, desk):
    with pytest.raises(Tenant.DoesNotExist):
        change_tenant(tenant_id=kestrel.pk, name="Ours", by=desk, at=NOW)


def test_the_database_knows_the_hours_of_a_day(inside):
    with pytest.raises(IntegrityError, match="tenant_clock_and_calendar_exist"), transaction.atomic():
        Tenant.objects.filter(pk=inside.pk).update(nightly_hour=24)


def test_every_time_zone_can_be_chosen_once():
    names = [zone for _, group in zones() for zone, _ in group]
    assert len(names) == len(set(names))
    assert {"UTC", "Europe/Berlin", "America/Argentina/Ushuaia"} <= set(names)


@pytest.mark.django_db
def test_the_trail_is_written_by_a_function_that_nobody_may_call():
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_function_privilege('oms_app', 'oms_audit_tenant()', 'EXECUTE')")
        assert cursor.fetchone() == (False,)
