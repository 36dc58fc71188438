"""Counts of the side navigation, and the tenants of its switcher."""

import datetime as dt
from uuid import uuid4

import pytest

from metrics import waiting as counted
from metrics.waiting import waiting
from orders.actions.discard_abandoned import discard_abandoned
from orders.actions.save_draft import save_draft
from orders.models import Order, OrderDraft, Schedule
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.orders import bare_order, book, line_entry
from tests.factories.tenancy import make_member
from tests.fixtures import NOW
from tests.fulfilment.walk import release, some_order


def test_each_count_is_the_number_of_rows_of_its_page(world):
    bare_order(world.sell_to, world.product)
    release(world, some_order(world))
    assert waiting(world.by) == {"uncommitted": "2", "holds": "1", "requests": "1"}
    assert Schedule.objects.filter(current_commit__isnull=True, open_qty__gt=0).count() == 2


def test_a_blanket_waits_for_no_commit(world):
    line = line_entry(world.product, 10, ship_to_id=world.ship_to.pk)
    book(world.by, world.sell_to, line, order_type="blanket")
    assert "uncommitted" not in waiting(world.by)


def test_counting_stops(world, monkeypatch):
    monkeypatch.setattr(counted, "MOST", 2)
    for _ in range(3):
        bare_order(world.sell_to, world.product)
    assert waiting(world.by)["holds"] == "1+"


@pytest.mark.parametrize("role", [Role.DOCK, Role.PARTNER])
def test_outsiders_are_told_nothing(world, role):
    bare_order(world.sell_to, world.product)
    assert waiting(make_member(role, party_id=world.sell_to.pk)) == {}


def test_the_answer_names_ones_tenants(client, world, kestrel):
    with tenant_scope(kestrel.pk):
        make_member(Role.MANAGER, user=world.by.user)
    client.force_login(world.by.user)
    told = client.get("/aurora/waiting/").json()
    assert [(each["href"], each["is_here"]) for each in told["tenants"]] == [("/aurora/", True), ("/kestrel/", False)]
    page = client.get("/aurora/orders/").content.decode()
    assert 'data-waiting="/aurora/waiting/"' in page
    assert 'data-count="holds"' in page
    assert 'href="/aurora/orders/drafts/"' in page


def test_the_days_between_request_and_commit_stand_in_the_list(client, world):
    order = bare_order(world.sell_to, world.product)
    client.force_login(world.by.user)

    def days(asked, promised):
        Order.objects.filter(pk=order.pk).update(next_request_date=asked, next_commit_date=promised)
        return client.get("/aurora/orders/").content.decode()

    # a Monday to the Monday two weeks on
    assert '<span class="warn">+10</span>' in days(dt.date(2099, 11, 30), dt.date(2099, 12, 14))
    assert '<span class="good">−1</span>' in days(dt.date(2099, 12, 2), dt.date(2099, 12, 1))
    assert 'has passed">0</span>' in days(dt.date(2026, 1, 5), dt.date(2026, 1, 5))


def some_draft(world, saved):
    content = {"header": {"sell_to": "NORTH"}, "rows": []}
    save_draft(draft_id=None, version=0, page=uuid4(), content=content, by=world.by, at=saved)


def test_only_drafts_left_for_a_quarter_are_thrown_away(world):
    for saved in (NOW - dt.timedelta(days=91), NOW - dt.timedelta(days=89)):
        some_draft(world, saved)
    assert discard_abandoned(at=NOW) == 1
    assert OrderDraft.objects.get().saved_at == NOW - dt.timedelta(days=89)
    assert waiting(world.by) == {"drafts": "1"}
