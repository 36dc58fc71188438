"""Figures by e-mail: one mail for each subscription and day, with whose figures it may carry."""

import datetime as dt
import json
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from jobs.handle import JobHandle
from jobs.kinds import handler_for
from jobs.mailing import UNCERTAIN, NothingToSend, state_words
from jobs.models import JobRequest
from jobs.run import run
from metrics.actions.request_deliveries import request_deliveries
from metrics.actions.resume_subscription import resume_subscription
from metrics.actions.run_nightly import run_nightly
from metrics.actions.send_again import send_again
from metrics.actions.stop_subscription import stop_subscription
from metrics.mailing.subscriptions import SubscriptionRefused, Wanted, check
from metrics.models import DailyFlow, ReportDelivery, ReportSubscription
from oms.celery import app
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.metrics import make_delivery, make_subscription
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.tenancy import make_member
from tests.fixtures import NOW, TODAY
from tests.metrics.known_answer import write_known_answer
from tests.metrics.writer import make_slot

DAY = dt.timedelta(days=1)


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody listens")


class Killing(EmailBackend):
    """Takes the mail, and then the worker is gone: what a kill leaves behind."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise SystemExit


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def work(tenant, at=NOW):
    """Every job that is due, until there is none."""
    while due := JobRequest.objects.due(at).order_by("pk").first():
        # a real worker would not see rows that the test has not committed
        handler_for(due.kind)(handle_of(due, at))
        JobRequest.objects.filter(pk=due.pk).update(state="done")


def handle_of(job, at):
    return JobHandle(
        id=job.pk,
        tenant_id=job.tenant_id,
        kind=job.kind,
        payload=job.payload,
        requested_by_id=None,
        party_id=None,
        attempt=1,
        max_attempts=job.max_attempts,
        at=at,
        report=lambda done, total, note: None,
    )


def send_due(tenant, at=NOW):
    request_deliveries(at=at)
    work(tenant, at)
    return list(ReportDelivery.objects.order_by("pk"))


def test_a_due_subscription_is_one_mail_with_its_files(cast, desk):
    write_known_answer(cast)
    make_subscription(name="Morning figures", member=desk, has_pdf=True)
    (delivery,) = send_due(cast.tenant)
    send_due(cast.tenant)
    (sent,) = mail.outbox
    assert (delivery.state, delivery.as_of, delivery.sent_at) == ("sent", TODAY - DAY, NOW)
    assert (sent.to, sent.subject) == ([desk.user.email], "Morning figures, as of 22 Nov 2026")
    for words in ("Net bookings: 390.00", "Backlog: 180.00", "/aurora/bookings/?as_of=2026-11-22&first=2026-11-01"):
        assert words in sent.body, words
    (pdf_name, pdf, _), (xlsx_name, xlsx, _) = sent.attachments
    assert (pdf_name[-14:], xlsx_name[-15:]) == ("2026-11-22.pdf", "2026-11-22.xlsx")
    assert "390.00" in " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert CalamineWorkbook.from_filelike(BytesIO(xlsx)).get_sheet_by_name("Totals").to_python()[1][6] == 390


def test_the_clock_asks_for_mails(cast):
    entry = app.conf.beat_schedule["mails"]
    app.loader.import_default_modules()
    assert entry["task"] in app.tasks


def test_outsiders_get_the_figures_of_their_own_party_alone(cast):
    branch = make_sell_to("BRANCH", parent=cast.sell_to)
    other = make_sell_to("OTHER")
    for sell_to, value in ((cast.sell_to, 11_00), (branch, 222_00), (other, 3_333_00)):
        make_slot(sell_to, cast.a, cast.product).write("booked", 1, value, day=TODAY - DAY)
    partner = make_member(Role.PARTNER, party_id=cast.sell_to.pk)
    make_subscription(member=partner, party=cast.sell_to)
    make_subscription(email="buyer@other.example", party=other)
    send_due(cast.tenant)
    to_partner, to_other = mail.outbox
    assert "11.00" in to_partner.body
    assert "3,333.00" in to_other.body
    assert "/aurora/" not in to_partner.body.partition("To get no more")[0] + to_other.body.partition("To get no")[0]
    for sent, code in ((to_partner, "DISTI"), (to_other, "OTHER")):
        book = CalamineWorkbook.from_filelike(BytesIO(sent.attachments[0][1]))
        assert [row[0] for row in book.get_sheet_by_name("Rows").to_python()[1:]] == [code]
        assert [row[2] for row in book.get_sheet_by_name("Top").to_python()[1:] if row[1] == "Sell-to"] == [code]


def test_a_member_who_left_or_moved_gets_nothing(cast):
    partner = make_member(Role.PARTNER, party_id=cast.sell_to.pk)
    gone = make_member(Role.MANAGER)
    make_subscription(member=partner, party=cast.sell_to)
    make_subscription(member=gone)
    partner.party_id = make_sell_to().pk
    partner.save()
    gone.is_active = False
    gone.save()
    assert send_due(cast.tenant) == []


@pytest.fixture
def alone(db, aurora):
    """A subscription that is due, committed: what workers see."""
    with tenant_scope(aurora.pk):
        make_subscription()
    request_deliveries(at=NOW)
    return aurora


def job_of(tenant, kind):
    with tenant_scope(tenant.pk):
        return JobRequest.objects.filter(kind=kind).order_by("-pk").first().pk


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_drawing_sends_one_mail_in_the_end(alone):
    drawing = job_of(alone, "report_delivery")
    with tenant_scope(alone.pk):
        # a worker took it and was never heard of again
        JobRequest.objects.filter(pk=drawing).update(state="running", attempts=1, lease_until=NOW - DAY)
    assert run(alone.pk, drawing, clock=lambda: NOW)
    assert not run(alone.pk, drawing, clock=lambda: NOW)
    assert run(alone.pk, job_of(alone, "report_mail"), clock=lambda: NOW)
    assert request_deliveries(at=NOW) == 0
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_after_the_mail_left_sends_no_second_one(alone, settings):
    assert run(alone.pk, job_of(alone, "report_delivery"), clock=lambda: NOW)
    sending = job_of(alone, "report_mail")
    settings.EMAIL_BACKEND = "tests.metrics.test_report_mail.Killing"
    with pytest.raises(SystemExit):
        run(alone.pk, sending, clock=lambda: NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for hours in (1, 2, 30):
        later = NOW + dt.timedelta(hours=hours)
        assert not run(alone.pk, sending, clock=lambda later=later: later)
    assert len(mail.outbox) == 1
    with tenant_scope(alone.pk):
        delivery = ReportDelivery.objects.select_related("job").get()
        assert state_words(delivery) == UNCERTAIN
        send_again(delivery_id=delivery.pk, at=NOW)
    assert run(alone.pk, job_of(alone, "report_mail"), clock=lambda: NOW)
    first, second = mail.outbox
    # a mailbox that knows the first one shows it once
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_a_mail_server_that_refuses_is_tried_again_and_shown(cast, settings):
    make_subscription()
    settings.EMAIL_BACKEND = "tests.metrics.test_report_mail.Refusing"
    (delivery,) = send_due(cast.tenant)
    assert (delivery.state, delivery.tries) == ("retrying", 2)
    assert delivery.error == "ConnectionRefusedError: nobody listens"
    at = NOW
    for _ in range(8):
        at += dt.timedelta(hours=1)
        work(cast.tenant, at)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == ("failed", 6)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_again(delivery_id=delivery.pk, at=at)
    work(cast.tenant, at)
    assert len(mail.outbox) == 1
    with pytest.raises(NothingToSend):
        send_again(delivery_id=delivery.pk, at=at)


def test_figures_that_do_not_foot_are_not_sent(cast):
    write_known_answer(cast)
    run_nightly(night=TODAY, at=NOW)
    DailyFlow.objects.filter(cancel_value__isnull=False).update(cancel_value=-1)
    make_subscription(party=cast.sell_to)
    (delivery,) = send_due(cast.tenant)
    assert (delivery.state, mail.outbox) == ("failed", [])
    assert "does not foot" in delivery.error


def test_stopping_drops_what_is_on_its_way_and_resuming_sends_nothing_late(cast):
    subscription = make_subscription()
    request_deliveries(at=NOW)
    assert stop_subscription(subscription_id=subscription.pk, reason="enough")
    work(cast.tenant)
    assert (ReportDelivery.objects.get().state, mail.outbox) == ("dropped", [])
    assert len(send_due(cast.tenant, NOW + DAY)) == 1
    resume_subscription(subscription_id=subscription.pk, at=NOW + 2 * DAY)
    assert len(send_due(cast.tenant, NOW + 2 * DAY)) == 1
    assert [each.state for each in send_due(cast.tenant, NOW + 3 * DAY)] == ["dropped", "sent"]


def test_the_link_of_a_mail_ends_it_without_a_login_and_only_when_posted(cast, client):
    make_subscription(email="buyer@disti.example")
    send_due(cast.tenant)
    link = mail.outbox[0].body.rpartition(": ")[2].strip().partition("8000")[2]
    assert mail.outbox[0].extra_headers["List-Unsubscribe"].endswith(f"{link}>")
    assert "Stop these mails?" in client.get(link).text
    assert ReportSubscription.objects.get().is_active
    assert "No more mails" in client.post(link, {"List-Unsubscribe": "One-Click"}).text
    stopped = ReportSubscription.objects.get()
    assert (stopped.is_active, stopped.stopped_reason) == (False, "Unsubscribed by the link of a mail")
    assert "No more mails" in client.get(link).text
    assert client.post(link[:-4] + "abc/").status_code == 404


def test_the_database_keeps_everybodys_figures_from_addresses_outside(inside):
    for values in ({"email": "a@b.example", "party": None}, {"member": None, "email": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportSubscription.objects.create(name="x", cadence="daily", since=NOW, **values)


def wanted(**values):
    given = {
        "name": "Figures", "member": None, "email": "a@b.example", "party": None, "cadence": "daily", "weekday": 0,
        "hour": 6, "span": "period", "has_pdf": True, "has_xlsx": False,
    }  # fmt: skip
    return Wanted(**{**given, **values})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (dict, "party"),
        (lambda: {"party": make_end_buyer()}, "party"),
        (lambda: {"email": ""}, "member"),
        (lambda: {"member": make_member(Role.MANAGER)}, "member"),
        (lambda: {"email": "", "member": make_member(Role.DOCK, party_id=make_sell_to().pk)}, "member"),
        (lambda: {"email": "", "member": make_member(Role.MANAGER, is_active=False)}, "member"),
        (lambda: {"party": make_sell_to(), "has_pdf": False}, "has_pdf"),
    ],
)
def test_what_cannot_be_sent_is_refused_beside_its_field(inside, values, field):
    with pytest.raises(SubscriptionRefused) as refused:
        check(wanted(**values()))
    assert refused.value.field == field


def test_a_partner_is_always_given_its_own_party(inside):
    own = make_sell_to()
    partner = make_member(Role.PARTNER, party_id=own.pk)
    assert check(wanted(email="", member=partner, party=make_sell_to())).party == own


@pytest.fixture
def browse(client, desk):
    client.force_login(desk.user)

    def go(page, *args, **data):
        address = reverse(f"metrics:{page}", args=["aurora", *args])
        with time_machine.travel(NOW, tick=False):
            return client.post(address, data) if data else client.get(address)

    return go


def test_a_subscription_is_made_changed_stopped_and_resumed_on_pages(cast, browse):
    typed = {
        "name": " Weekly\r\n", "email": "Buyer@Disti.example", "party": "disti", "cadence": "weekly", "weekday": 4,
        "hour": 7, "span": "quarter", "has_pdf": "on",
    }  # fmt: skip
    refused = browse("subscription_create", **{**typed, "party": ""})
    assert (refused.status_code, "name it" in refused.text) == (422, True)
    assert browse("subscription_create", **typed).status_code == 302
    made = ReportSubscription.objects.get()
    assert (made.email, made.party, made.weekday, made.since) == ("buyer@disti.example", cast.sell_to, 4, NOW)
    listed = browse("subscription_list").text
    for words in ("Weekly", "buyer@disti.example", "Friday, 07:00", "DISTI Company", "Running"):
        assert words in listed, words
    form = browse("subscription_edit", made.pk).text
    assert "Fri 27 Nov 2026, 07:00" in form
    assert browse("subscription_edit", made.pk, **{**typed, "hour": 8}).status_code == 302
    assert browse("subscription_stop", made.pk, click="").status_code == 302
    made.refresh_from_db()
    assert (made.hour, made.is_active) == (8, False)
    assert "Stopped by" in browse("subscription_edit", made.pk).text
    browse("subscription_resume", made.pk, click="")
    made.refresh_from_db()
    assert made.is_active


def test_the_log_shows_what_was_sent_and_what_was_not(cast, browse):
    subscription = make_subscription(name="Morning", party=cast.sell_to)
    make_delivery(subscription, state="sent", sent_at=NOW)
    failed = make_delivery(subscription, as_of=TODAY - DAY, state="failed", error="550 no such mailbox", body="x")
    log = browse("delivery_list").text
    for words in ("Morning", "Sent", "Not sent", "550 no such mailbox", "Send again"):
        assert words in log, words
    assert browse("delivery_again", failed.pk, click="").status_code == 302
    failed.refresh_from_db()
    assert (failed.state, failed.tries) == ("ready", 1)
    assert json.loads(json.dumps(JobRequest.objects.get(kind="report_mail").payload)) == {"delivery": failed.pk}
