"""Papers of an order by e-mail: to whom they are meant for, once, and told on the order."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, connection, transaction

from jobs.handle import GiveUp, JobHandle
from jobs.kinds import handler_for
from jobs.mailing import UNCERTAIN, NothingToSend, state_words
from jobs.models import JobRequest
from jobs.run import run
from orders.actions.acknowledge_order import acknowledge_order
from orders.actions.change_quantity import change_quantity
from orders.actions.credit_invoice import CreditPart, credit_invoice
from orders.actions.issue_invoice import InvoicePart, issue_invoice
from orders.actions.mail_paper import Recipient, mail_paper
from orders.actions.send_paper import send_paper_again
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.models import Invoice, PaperMail
from parties.models import Contact
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.orders import book, line_entry, occasion
from tests.factories.parties import make_sell_to
from tests.factories.tenancy import make_member
from tests.fixtures import NOW
from tests.mail_server import mail_server
from tests.orders.pages import PATH, body
from tests.world import make_world

pytestmark = pytest.mark.usefixtures("still_noon", "own_files")

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Killing(EmailBackend):
    """Takes the mail, and then the worker is gone: what a kill leaves behind."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise SystemExit


@pytest.fixture
def order(world):
    line = line_entry(world.product, 1000, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    return book(world.by, world.sell_to, line, customer_po="PO 77")


@pytest.fixture
def paper(order, world):
    return acknowledge_order(order_id=order.pk, occasion=occasion(world.by))


@pytest.fixture
def invoice(world, order):
    schedule = order.schedules.get()
    [gone] = ship_schedules(order_id=order.pk, parts=[ShipPart(schedule.pk, 400)], occasion=occasion(world.by))
    parts = [InvoicePart(schedule.pk, 400, gone.value)]
    return issue_invoice(order_id=order.pk, parts=parts, occasion=occasion(world.by))


def contact(party, name, purpose=""):
    return Contact.objects.create(party=party, name=name, email=f"{name.lower()}@north.example", purpose=purpose)


def form_of(order, number=1):
    return f"{PATH}{order.pk}/acknowledgements/{number}/mail/"


def send(client, address, **typed):
    return client.post(address, {"addresses": "", "message": "", "click": str(uuid4()), **typed})


def work(at=NOW):
    """Every job that is due, until there is none."""
    while due := JobRequest.objects.due(at).order_by("pk").first():
        handler_for(due.kind)(handle_of(due, at))
        JobRequest.objects.filter(pk=due.pk).update(state="done")


def handle_of(job, at):
    return JobHandle(
        id=job.pk, tenant_id=job.tenant_id, kind=job.kind, payload=job.payload, requested_by_id=None, party_id=None,
        attempt=1, max_attempts=1, at=at, report=lambda *_: None,
    )  # fmt: skip


def test_chosen_contacts_and_typed_addresses_get_a_mail_each(desk_client, world, order, paper):
    ann, bob = contact(world.sell_to, "Ann", "Purchasing"), contact(world.sell_to, "Bob", "Quality")
    page = desk_client.get(form_of(order)).text
    assert "Ann (Purchasing), ann@north.example" in page
    assert re.findall(r'<input type="checkbox" name="contacts" value="(\d+)"[^>]* checked', page) == [str(ann.pk)]
    sent = send(
        desk_client, form_of(order), contacts=[ann.pk, bob.pk], addresses="Desk@North.example; ann@north.example",
        message="As promised.",
    )  # fmt: skip
    assert sent.status_code == 302
    work()
    assert [each.to for each in mail.outbox] == [["ann@north.example"], ["bob@north.example"], ["desk@north.example"]]
    first = mail.outbox[0]
    assert first.subject == f"Acknowledgement for your order PO 77 ({order.number})"
    assert first.body.startswith("Dear Ann,\n\nAs promised.\n\nattached is our acknowledgement of your order PO 77 of")
    assert mail.outbox[2].body.startswith("Good day,")
    assert first.reply_to == [world.by.user.email]
    assert first.from_email.startswith("Aurora")
    [(name, content, kind)] = first.attachments
    assert (name, content[:4], kind) == (f"{order.number}-acknowledgement-r1.pdf", b"%PDF", "application/pdf")
    work()
    assert len(mail.outbox) == 3


def test_a_click_that_comes_twice_is_one_mail(desk_client, order, paper):
    click = str(uuid4())
    for _ in range(2):
        assert send(desk_client, form_of(order), addresses="a@b.example", click=click).status_code == 302
    work()
    assert len(mail.outbox) == 1


def test_the_order_tells_who_mailed_which_revision_to_whom(desk_client, world, order, paper):
    send(desk_client, form_of(order), addresses="buyer@north.example")
    assert "Acknowledgement 1 is being mailed to buyer@north.example" in body(desk_client.get(f"{PATH}{order.pk}/"))
    work(NOW + dt.timedelta(hours=1))
    page = desk_client.get(f"{PATH}{order.pk}/")
    who = world.by.user.email
    assert f"13:00 Acknowledgement 1 mailed to buyer@north.example By {who}" in body(page)
    made = PaperMail.objects.get()
    assert f'<a href="#mail-{made.pk}">Acknowledgement 1 mailed to' in page.text
    assert f'id="mail-{made.pk}"' in page.text
    listed = body(desk_client.get(f"{PATH}mails/"))
    for words in (order.number, "Acknowledgement 1", "buyer@north.example", who, "Sent"):
        assert words in listed, words
    assert "mailed to" not in body(desk_client.get(f"{PATH}{order.pk}/?story=1")).partition("Story")[2]


def test_an_invoice_that_nobody_has_printed_is_printed_for_its_mail(desk_client, world, order, invoice):
    contact(world.sell_to, "Carl", "Accounts payable")
    address = f"{PATH}{order.pk}/invoices/{invoice.pk}/mail/"
    assert "checked" in desk_client.get(address).text
    send(desk_client, address, addresses="ap@north.example")
    work()
    [sent] = mail.outbox
    assert sent.subject == f"Invoice {invoice.number} for your order PO 77 ({order.number})"
    assert f"our invoice {invoice.number} over USD\u00a0480.00, due on" in sent.body
    assert sent.attachments[0][0] == f"{invoice.number}.pdf"


def test_a_credit_memo_says_what_it_is(world, order, invoice):
    parts, why = [CreditPart(order.schedules.get().pk, 0, 5000)], occasion(world.by, note="agreed")
    memo = credit_invoice(invoice_id=invoice.pk, parts=parts, credit_kind="price", occasion=why)
    mail_paper(paper=memo, to=[Recipient("ap@north.example")], message="", occasion=occasion(world.by))
    work()
    assert f"our credit memo {memo.number} over USD\u00a050.00 for your order" in mail.outbox[0].body


def test_it_goes_by_smtp(settings, desk_client, world, order, paper):
    with mail_server() as server:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = False
        send(desk_client, form_of(order), addresses="buyer@north.example, nobody@north.example")
        work()
    [taken] = server.messages
    assert (taken["To"], taken["Reply-To"]) == ("buyer@north.example", world.by.user.email)
    [pdf] = taken.iter_attachments()
    assert pdf.get_content()[:4] == b"%PDF"
    good, bad = PaperMail.objects.order_by("pk")
    assert taken["Message-ID"] == f"<document-{good.tenant_id}-{good.pk}@localhost>"
    assert (good.state, bad.state, bad.tries) == ("sent", "retrying", 2)
    assert "550" in bad.error


def test_a_server_that_refuses_is_tried_again_shown_and_sent_by_hand(settings, desk_client, order, paper):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1
    send(desk_client, form_of(order), addresses="buyer@north.example")
    at = NOW
    for _ in range(8):
        work(at)
        at += dt.timedelta(hours=1)
    made = PaperMail.objects.get()
    assert (made.state, made.tries) == ("failed", 6)
    text = body(desk_client.get(f"{PATH}{order.pk}/"))
    assert "Acknowledgement 1 not mailed to buyer@north.example ConnectionRefusedError" in text
    assert "Not sent Again…" in text
    assert "buyer@north.example" in body(desk_client.get(f"{PATH}mails/?state=trouble"))
    settings.EMAIL_BACKEND = LOCMEM
    assert send(desk_client, f"{PATH}mails/{made.pk}/again/").status_code == 302
    work(at)
    assert len(mail.outbox) == 1
    again = send(desk_client, f"{PATH}mails/{made.pk}/again/")
    assert (again.status_code, "has gone out" in again.text) == (422, True)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_printing_or_sending_mails_once(aurora, settings):
    with tenant_scope(aurora.pk):
        world = make_world(make_member(Role.ADMIN))
        line = line_entry(world.product, 10, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
        order = book(world.by, world.sell_to, line)
        paper = acknowledge_order(order_id=order.pk, occasion=occasion(world.by))
        [made] = mail_paper(paper=paper, to=[Recipient("a@b.example")], message="", occasion=occasion(world.by))
        # a worker took it and was never heard of again
        JobRequest.objects.filter(pk=made.job_id).update(
            state="running", attempts=1, lease_until=NOW - dt.timedelta(days=1)
        )
    assert run(aurora.pk, made.job_id, clock=lambda: NOW)
    assert not run(aurora.pk, made.job_id, clock=lambda: NOW)
    with tenant_scope(aurora.pk):
        sending = JobRequest.objects.get(kind="document_mail").pk
    settings.EMAIL_BACKEND = "tests.orders.test_paper_mail.Killing"
    with pytest.raises(SystemExit):
        run(aurora.pk, sending, clock=lambda: NOW)
    settings.EMAIL_BACKEND = LOCMEM
    for hours in (1, 2, 30):
        later = NOW + dt.timedelta(hours=hours)
        assert not run(aurora.pk, sending, clock=lambda later=later: later)
    assert len(mail.outbox) == 1
    with tenant_scope(aurora.pk):
        found = PaperMail.objects.select_related("job").get()
        assert state_words(found) == UNCERTAIN
        send_paper_again(mail_id=found.pk, at=NOW)
        trying = JobRequest.objects.filter(kind="document_mail").order_by("-pk").first().pk
    assert run(aurora.pk, trying, clock=lambda: NOW)
    first, second = mail.outbox
    # a mailbox that knows the first one shows it once
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    with tenant_scope(aurora.pk), pytest.raises(NothingToSend):
        send_paper_again(mail_id=found.pk, at=NOW)


def test_an_invoice_that_does_not_foot_is_not_sent(desk_client, world, order, invoice):
    [made] = mail_paper(paper=invoice, to=[Recipient("a@b.example")], message="", occasion=occasion(world.by))
    Invoice.objects.update(total=1)
    job = JobRequest.objects.get(kind="document_for_mail")
    with pytest.raises(GiveUp, match="lines 48000, ledger 48000"):
        handler_for(job.kind)(handle_of(job, NOW))
    JobRequest.objects.filter(pk=job.pk).update(state="failed", error="lines 48000")
    made = PaperMail.objects.select_related("job").get()
    assert (state_words(made), mail.outbox) == ("Not sent", [])
    for state, is_there in (("trouble", True), ("failed", False), ("waiting", True)):
        assert ("a@b.example" in desk_client.get(f"{PATH}mails/?state={state}").text) is is_there, state


def test_an_older_revision_and_a_changed_order_are_warned_about(desk_client, world, order, paper):
    change_quantity(order_id=order.pk, schedule_id=order.schedules.get().pk, quantity=1500, occasion=occasion(world.by))
    assert "The order was changed since this revision" in body(desk_client.get(form_of(order)))
    acknowledge_order(order_id=order.pk, occasion=occasion(world.by))
    assert "There is a newer revision." in body(desk_client.get(form_of(order)))
    send(desk_client, form_of(order, 2), addresses="a@b.example")
    work()
    assert mail.outbox[0].subject.startswith("Acknowledgement, revision 2, for your order")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choose a contact, or write an address."),
        ({"addresses": "a@b.example nonsense"}, "“nonsense” is no e-mail address."),
        ({"addresses": "a@b.example\r\nBcc:x@y.example"}, "“Bcc:x@y.example” is no e-mail address."),
        ({"addresses": " ".join(f"a{n}@b.example" for n in range(11))}, "At most 10 addresses at once."),
        ({"contacts": ["999"], "addresses": "a@b.example"}, "999 is not one of the available choices"),
        ({"message": "x" * 1001, "addresses": "a@b.example"}, "at most 1000 characters"),
    ],
)
def test_what_cannot_be_sent_is_refused_beside_its_field(desk_client, world, order, paper, typed, said):
    contact(world.sell_to, "Ann")
    refused = send(desk_client, form_of(order), **typed)
    assert (refused.status_code, said in body(refused)) == (422, True)
    assert not PaperMail.objects.exists()


def test_contacts_of_others_are_not_offered(desk_client, world, order, paper):
    theirs = contact(make_sell_to(), "Eve")
    assert "Eve" not in desk_client.get(form_of(order)).text
    contact(world.sell_to, "Ann")
    assert send(desk_client, form_of(order), contacts=[theirs.pk]).status_code == 422


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.SALES_OPS, 200), (Role.MANAGER, 200), (Role.FINANCE, 200), (Role.DOCK, 403), (Role.PARTNER, 403)],
)
def test_papers_are_sent_by_roles_that_work_with_orders(client, world, order, paper, invoice, role, status):
    party = {Role.DOCK: world.dock, Role.PARTNER: world.sell_to}.get(role)
    client.force_login(make_member(role, party_id=party and party.pk).user)
    for address in (form_of(order), f"{PATH}{order.pk}/invoices/{invoice.pk}/mail/", f"{PATH}mails/"):
        assert client.get(address).status_code == status, address


def test_partners_see_nothing_of_the_log(client, world, order, paper):
    mail_paper(paper=paper, to=[Recipient("a@b.example")], message="", occasion=occasion(world.by))
    partner = make_member(Role.PARTNER, party_id=world.sell_to.pk)
    client.force_login(partner.user)
    page = client.get(f"{PATH}{order.pk}/").text
    assert "a@b.example" not in page
    assert "E-mail…" not in page
    with tenant_scope(partner.tenant_id, party_id=world.sell_to.pk, member_id=partner.pk):
        assert not PaperMail.objects.exists()


def test_the_log_is_never_deleted(world, paper):
    mail_paper(paper=paper, to=[Recipient("a@b.example")], message="", occasion=occasion(world.by))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM orders_papermail")
