"""Ship instructions by e-mail: to the dock and the re-shipper, once, as printed, and told on the order."""

import re
from uuid import uuid4

import pytest
from django.core import mail

from fulfilment.actions.cancel_ship_request import cancel_ship_request
from fulfilment.actions.mail_instruction import mail_instruction
from fulfilment.actions.revise_ship_request import revise_ship_request
from fulfilment.errors import FulfilmentRefused
from jobs.kinds import handler_for
from jobs.models import GeneratedFile, JobRequest
from orders.actions.mail_paper import Recipient
from orders.actions.send_paper import send_paper_again
from orders.models import PaperMail
from parties.models import Contact
from tenancy.choices import Role
from tests.factories.orders import occasion
from tests.factories.tenancy import make_member
from tests.fixtures import NOW, TODAY
from tests.fulfilment.test_documents import handle_of
from tests.fulfilment.walk import heavy_world, release, some_order
from tests.orders.pages import PATH, body

pytestmark = pytest.mark.usefixtures("still_noon", "own_files")

ACCOUNT = "7N-448-2201"


@pytest.fixture
def desk_client(client, world):
    client.force_login(world.by.user)
    return client


@pytest.fixture
def request_(world):
    heavy_world(world)
    return release(world, some_order(world, 4_000))


def contact(party, name, purpose):
    return Contact.objects.create(party=party, name=name, email=f"{name.lower()}@dock.example", purpose=purpose)


def form_of(request):
    return f"{PATH}{request.order_id}/ship-requests/{request.pk}/mail/"


def send(client, request, **typed):
    return client.post(form_of(request), {"addresses": "", "message": "", "click": str(uuid4()), **typed})


def work():
    while due := JobRequest.objects.due(NOW).order_by("pk").first():
        handler_for(due.kind)(handle_of(due))
        JobRequest.objects.filter(pk=due.pk).update(state="done")


def test_the_dock_and_the_re_shipper_get_the_instruction_as_printed(desk_client, world, request_):
    dora = contact(world.dock, "Dora", "Warehouse")
    kurt = contact(world.heavy_terms.re_shipper.party, "Kurt", "Forwarding desk")
    contact(world.sell_to, "Ann", "Purchasing")
    page = desk_client.get(form_of(request_)).text
    ticked = re.findall(r'<input type="checkbox" name="contacts" value="(\d+)"[^>]* checked', page)
    assert (ticked, "Ann" in page) == ([str(dora.pk), str(kurt.pk)], False)
    sent = send(desk_client, request_, contacts=[dora.pk, kurt.pk], message="Please by noon.")
    assert sent.status_code == 302
    work()
    assert [each.to for each in mail.outbox] == [["dora@dock.example"], ["kurt@dock.example"]]
    first = mail.outbox[0]
    assert first.subject == f"Ship request {request_.number} revision 1 for order {request_.order.number}"
    assert first.body.startswith("Dear Dora,\n\nPlease by noon.\n\nattached is our ship request")
    [(name, content, kind)] = first.attachments
    assert (name, content[:4], kind) == (f"{request_.number}-rev1.pdf", b"%PDF", "application/pdf")
    # the release asked for the packet as well: it is printed once
    request_.refresh_from_db()
    assert list(GeneratedFile.objects.values_list("pk", flat=True)) == [request_.packet_id]
    work()
    assert len(mail.outbox) == 2


def test_a_click_that_comes_twice_is_one_mail(desk_client, request_):
    click = str(uuid4())
    for _ in range(2):
        assert send(desk_client, request_, addresses="a@b.example", click=click).status_code == 302
    work()
    assert len(mail.outbox) == 1


def test_order_request_and_log_tell_of_it(desk_client, world, request_):
    send(desk_client, request_, addresses="dock@site.example")
    work()
    title = f"Ship request {request_.number} revision 1"
    assert f"{title} mailed to dock@site.example By {world.by.user.email}" in body(
        desk_client.get(f"{PATH}{request_.order_id}/")
    )
    assert f"{title} to dock@site.example" in body(desk_client.get(f"/aurora/ship-requests/{request_.pk}/"))
    assert title in body(desk_client.get(f"{PATH}mails/"))
    assert form_of(request_) in desk_client.get(f"{PATH}{request_.order_id}/deliveries/").text


def test_a_revision_says_what_it_replaces_and_the_old_one_is_not_sent_any_more(desk_client, world, request_):
    new = revise_ship_request(
        ship_request_id=request_.pk, occasion=occasion(world.by), ship_by=TODAY.replace(day=TODAY.day + 1)
    )
    refused = send(desk_client, request_, addresses="a@b.example")
    assert (refused.status_code, "is not in force any more" in body(refused)) == (422, True)
    send(desk_client, new, addresses="a@b.example")
    work()
    assert "It is revision 2 and takes the place of what you have of it." in mail.outbox[0].body
    cancel_ship_request(ship_request_id=new.pk, occasion=occasion(world.by, note="no"))
    new.refresh_from_db()
    with pytest.raises(FulfilmentRefused, match="not in force any more: cancelled"):
        mail_instruction(request=new, to=[Recipient("a@b.example")], message="", occasion=occasion(world.by))
    assert form_of(new) not in desk_client.get(f"/aurora/ship-requests/{new.pk}/").text


def test_what_failed_before_it_was_printed_is_asked_for_again(world, request_):
    [made] = mail_instruction(request=request_, to=[Recipient("a@b.example")], message="", occasion=occasion(world.by))
    JobRequest.objects.filter(pk=made.job_id).update(state="failed", error="no space left")
    send_paper_again(mail_id=made.pk, at=NOW)
    work()
    assert (len(mail.outbox), PaperMail.objects.get().state) == (1, "sent")


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.SALES_OPS, 200), (Role.MANAGER, 403), (Role.FINANCE, 403), (Role.DOCK, 403), (Role.PARTNER, 403)],
)
def test_who_may_not_see_the_accounts_in_it_may_not_send_it(client, world, request_, role, status):
    party = {Role.DOCK: world.dock, Role.PARTNER: world.sell_to}.get(role)
    client.force_login(make_member(role, party_id=party and party.pk).user)
    assert client.get(form_of(request_)).status_code == status
    assert client.post(form_of(request_), {"addresses": "a@b.example"}).status_code in (302, 403)
    assert PaperMail.objects.exists() is (status == 200)
