"""Drafts: kept at every change, gone on with anywhere, never lost to a second page, and one order at the end."""

import datetime as dt
import uuid

import pytest
import time_machine

from orders.models import Order, OrderDraft
from tenancy.choices import Role
from tests.factories.tenancy import make_member
from tests.fixtures import NOW
from tests.orders.pages import PATH, body, three_lines, typed
from tests.orders.sheets import PAGE, ask, content

pytestmark = pytest.mark.usefixtures("noon")

NEW, DRAFTS = PATH + "new/", PATH + "drafts/"
OTHER_PAGE = uuid.UUID(int=2)


def test_nothing_is_kept_before_something_is_typed(desk_client):
    answer = ask(desk_client, {"header": {"order_date": "23 Nov 2026"}, "rows": [{}]}).json()
    assert answer["draft"] is None
    assert not OrderDraft.objects.exists()


def test_a_draft_keeps_what_is_typed_right_or_wrong(desk_client, world):
    asked = content({"part": "half", "quantity": "oops"}, {})
    answer = ask(desk_client, asked).json()
    draft = OrderDraft.objects.get()
    assert (answer["draft"], answer["version"], answer["savedAt"]) == (draft.pk, 1, "12:00:00")
    assert (draft.content, draft.sell_to, draft.customer_po, draft.line_count) == (asked, "NORTH", "PO 4711", 1)
    assert (draft.owner, draft.saved_by, draft.order) == (world.by, world.by, None)
    page = desk_client.get(answer["url"]).content.decode()
    for value in ("NORTH", "PO 4711", "half", "oops"):
        assert f'value="{value}"' in page
    assert "is-invalid" not in page


def test_the_same_first_save_twice_is_one_draft(desk_client):
    first, second = (ask(desk_client, content(*three_lines())).json() for _ in range(2))
    assert (first["draft"], first["version"]) == (second["draft"], second["version"])
    assert OrderDraft.objects.count() == 1


def test_the_same_page_goes_on_although_an_answer_got_lost(desk_client):
    first = ask(desk_client, content(*three_lines())).json()
    ask(desk_client, content(customer_po="PO 1"), draft=first)
    again = ask(desk_client, content(customer_po="PO 2"), draft=first)
    assert (again.status_code, again.json()["version"]) == (200, 3)


def test_a_second_page_is_told_of_both_values_and_nothing_is_written(desk_client):
    first = ask(desk_client, content({"part": "AUR-1", "quantity": "10"})).json()
    ask(desk_client, content({"part": "AUR-1", "quantity": "20"}), draft=first, page=OTHER_PAGE)
    refused = ask(desk_client, content({"part": "AUR-1", "quantity": "30"}, customer_po="PO 9"), draft=first)
    assert refused.status_code == 409
    conflict = refused.json()["conflict"]
    assert conflict["version"] == 2
    assert conflict["rows"] == [
        {"place": "customer_po", "label": "Customer PO", "yours": "PO 9", "theirs": "PO 4711"},
        {"place": "1 quantity", "label": "Row 1 quantity", "yours": "30", "theirs": "20"},
    ]
    assert OrderDraft.objects.get().content["rows"][0]["quantity"] == "20"
    mine = ask(desk_client, content({"part": "AUR-1", "quantity": "30"}), draft=first["draft"], version=2)
    assert mine.json()["version"] == 3


def test_a_draft_that_is_entered_becomes_its_order_and_no_second_one(desk_client):
    answer = ask(desk_client, content(*three_lines())).json()
    form = {**typed(*three_lines(), click=str(PAGE)), "draft": answer["draft"], "version": answer["version"]}
    desk_client.post(NEW, form)
    order = Order.objects.get()
    draft = OrderDraft.objects.get()
    assert (draft.order, draft.content) == (order, {})
    assert desk_client.get(answer["url"])["Location"] == f"{PATH}{order.pk}/"
    gone = ask(desk_client, content(*three_lines()), draft=answer)
    assert gone.status_code == 410
    assert gone.json() == {
        "message": f"This draft was entered as {order.number}.", "order": order.number, "url": f"{PATH}{order.pk}/",
    }  # fmt: skip
    again = desk_client.post(NEW, {**form, "click": str(OTHER_PAGE), "customer_po": "PO 2"})
    assert again["Location"] == f"{PATH}{order.pk}/"
    assert Order.objects.count() == 1


def test_booking_what_somebody_else_has_changed_shows_both(desk_client):
    answer = ask(desk_client, content(*three_lines())).json()
    ask(desk_client, content(*three_lines(), customer_po="PO 5"), draft=answer, page=OTHER_PAGE)
    form = {**typed(*three_lines(), click=str(PAGE)), "draft": answer["draft"], "version": answer["version"]}
    refused = desk_client.post(NEW, form)
    assert refused.status_code == 409
    assert "Customer PO PO 4711 PO 5" in body(refused)
    assert not Order.objects.exists()
    desk_client.post(NEW, {**form, "version": "2", "click": str(uuid.uuid4())})
    assert Order.objects.get().customer_po == "PO 4711"


def test_a_refused_order_leaves_its_draft(desk_client):
    answer = ask(desk_client, content(*three_lines())).json()
    form = {**typed(*three_lines(), sell_to="SOUTH"), "draft": answer["draft"], "version": answer["version"]}
    assert desk_client.post(NEW, form).status_code == 422
    assert OrderDraft.objects.get().order is None


def test_without_a_script_a_draft_is_kept_by_its_button(desk_client):
    response = desk_client.post(NEW, typed({"part": "half"}, do="keep", sell_to=""))
    draft = OrderDraft.objects.get()
    assert response["Location"] == f"{DRAFTS}{draft.pk}/"
    assert draft.content["rows"][0] == {"part": "half"}
    page = desk_client.get(response["Location"])
    assert f'name="draft" value="{draft.pk}"' in page.content.decode()
    form = {**typed({"part": "whole"}, do="keep"), "draft": draft.pk, "version": 1}
    desk_client.post(NEW, form)
    draft.refresh_from_db()
    assert (draft.content["rows"][0], draft.version) == ({"part": "whole"}, 2)


def test_the_list_shows_mine_and_everybodys_when_asked(desk_client, world):
    ask(desk_client, content(*three_lines()))
    other = make_member(Role.SALES_OPS)
    desk_client.force_login(other.user)
    assert "No drafts" in body(desk_client.get(DRAFTS))
    assert "NORTH PO 4711 3" in body(desk_client.get(DRAFTS + "?whose=all"))
    desk_client.force_login(world.by.user)
    assert "NORTH PO 4711 3" in body(desk_client.get(DRAFTS))


def test_a_colleague_goes_on_with_a_draft(desk_client, world):
    answer = ask(desk_client, content(*three_lines())).json()
    other = make_member(Role.SALES_OPS)
    desk_client.force_login(other.user)
    ask(desk_client, content(customer_po="PO 8"), draft=answer, page=OTHER_PAGE)
    draft = OrderDraft.objects.get()
    assert (draft.owner, draft.saved_by, draft.customer_po) == (world.by, other, "PO 8")


def test_a_discarded_draft_is_gone(desk_client):
    answer = ask(desk_client, content(*three_lines())).json()
    question = desk_client.get(answer["discardUrl"])
    assert "NORTH PO 4711: 3 lines. What was typed is lost." in body(question)
    assert desk_client.post(answer["discardUrl"])["Location"] == DRAFTS
    assert not OrderDraft.objects.exists()
    assert ask(desk_client, content(*three_lines()), draft=answer).json()["message"] == "This draft was discarded."
    assert desk_client.post(answer["discardUrl"]).status_code == 404


def test_a_page_key_of_somebody_else_opens_nothing(desk_client, world):
    ask(desk_client, content(*three_lines()))
    desk_client.force_login(make_member(Role.SALES_OPS).user)
    assert ask(desk_client, content(customer_po="stolen")).status_code == 410
    assert OrderDraft.objects.get().customer_po == "PO 4711"


def test_drafts_that_became_orders_are_forgotten_after_a_month(desk_client, world):
    answer = ask(desk_client, content(*three_lines())).json()
    form = {**typed(*three_lines(), click=str(PAGE)), "draft": answer["draft"], "version": answer["version"]}
    desk_client.post(NEW, form)
    ask(desk_client, content(customer_po="open"), page=uuid.UUID(int=3))
    for days, left in ((29, 3), (31, 3)):
        with time_machine.travel(NOW + dt.timedelta(days=days)):
            desk_client.force_login(world.by.user)
            ask(desk_client, content(customer_po="later"), page=uuid.UUID(int=100 + days))
        assert OrderDraft.objects.count() == left
    assert not OrderDraft.objects.filter(order__isnull=False).exists()
