"""Two partners and two docks of one tenant: in plain SQL neither sees a row of the other."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from fulfilment.actions.release_schedules import ReleasePart, release_schedules
from jobs.actions.request_job import request_job
from jobs.files import store_file
from orders.actions.issue_invoice import InvoicePart, issue_invoice
from orders.actions.ship_schedules import ShipPart, ship_schedules
from parties.models import Contact
from tenancy.scope import Scope, open_scope, tenant_scope
from tests.factories.orders import book, line_entry, occasion
from tests.factories.parties import make_location, make_sell_to
from tests.factories.pricing import make_price_list
from tests.factories.tenancy import make_member
from tests.jobs.kinds import HANDLERS

# a part, an end buyer or a place may be known to both
SHARED = {"catalog_product", "parties_party", "parties_location"}


@pytest.fixture
def two(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.JOB_HANDLERS = {**settings.JOB_HANDLERS, **HANDLERS}
    rival = make_sell_to("RIVAL")
    make_price_list(world.product, "1.30", party=rival)
    sides = [SimpleNamespace(party=world.sell_to), SimpleNamespace(party=rival)]
    for side in sides:
        fill(world, side)
    return sides


def fill(world, side):
    party, place = side.party, make_location(side.party, "DOCK")
    side.member = make_member("partner", party_id=party.pk)
    Contact.objects.create(party=party, name="Pat", email="pat@example.com")
    side.order = book(world.by, party, line_entry(world.product, 100, ship_to_id=place.pk))
    schedule = side.order.schedules.get()
    happens = occasion(world.by)
    (shipped,) = ship_schedules(order_id=side.order.pk, parts=[ShipPart(schedule.pk, 40)], occasion=happens)
    issue_invoice(order_id=side.order.pk, parts=[InvoicePart(schedule.pk, 40, shipped.value)], occasion=happens)
    release_schedules(order_id=side.order.pk, parts=[ReleasePart(schedule.pk)], occasion=happens)
    request_job(kind="mark", unique_key="k", payload={}, by=side.member, at=timezone.now())
    store_file(b"x", kind="x", name="x", content_type="text/plain", right="orders.view", party_id=party.pk)


def tables():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name IN ('tenant_id', 'id') "
            "AND table_schema = 'public' GROUP BY 1 HAVING count(*) = 2 ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]


def ids(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table}")
        return {row[0] for row in cursor.fetchall()}


def seen_by(side, tenant):
    with tenant_scope(tenant.pk, party_id=side.party.pk, member_id=side.member.pk):
        return {table: found for table in tables() if (found := ids(table))}


def test_partners_share_no_row(two, inside):
    mine, theirs = (seen_by(side, inside) for side in two)
    common = {table for table in mine if mine[table] & theirs.get(table, set())}
    assert common <= SHARED
    assert {"orders_order", "orders_orderline", "orders_schedule", "orders_invoice", "orders_invoiceline",
            "jobs_jobrequest", "jobs_generatedfile", "parties_location", "parties_contact"} <= set(mine)  # fmt: skip


def test_partners_see_each_others_party_not_even_by_name(two, inside):
    mine, theirs = (seen_by(side, inside) for side in two)
    assert two[1].party.pk not in mine["parties_party"]
    assert two[0].party.pk not in theirs["parties_party"]


def test_partners_read_no_ledger_price_terms_hold_or_trail_of_others(two, inside):
    hidden = {"orders_orderledger", "orders_hold", "pricing_pricelistitem", "pricing_agreementline",
              "shipping_shippingterms", "fulfilment_shiprequest", "tenancy_counter", "tenancy_invitation"}  # fmt: skip
    for side in two:
        assert hidden.isdisjoint(seen_by(side, inside))


@pytest.mark.parametrize("table", ["orders_order", "orders_invoice", "jobs_jobrequest", "parties_location"])
def test_a_partner_touches_no_row_of_another(two, inside, table):
    with tenant_scope(inside.pk, party_id=two[0].party.pk):
        mine = ids(table)
    with tenant_scope(inside.pk, party_id=two[1].party.pk), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET id = id WHERE id = ANY (%s)", [sorted(mine)])
        assert cursor.rowcount == 0


def test_a_partner_writes_nothing_in_anothers_name(two, inside):
    with (
        tenant_scope(inside.pk, party_id=two[1].party.pk),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE jobs_jobrequest SET party_id = %s", [two[0].party.pk])


# what an outsider's pages, and the jobs that they ask for, write in its own name
WRITABLE = {
    ("tenancy_click", "insert"), ("tenancy_click", "update"), ("tenancy_member", "update"),
    ("jobs_jobrequest", "insert"), ("jobs_jobrequest", "update"), ("jobs_generatedfile", "insert"),
    ("exchange_importbatch", "insert"),
    ("ui_savedview", "insert"), ("ui_savedview", "update"), ("ui_savedview", "delete"),
}  # fmt: skip


REFUSALS = ("row-level security", "permission denied", "outsiders change no membership")


def columns_of(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' AND column_name <> 'id'",
            [table],
        )
        return cursor.fetchone()[0]


def writes(table):
    """A row as it is, written again: nothing but the rights can refuse it, save a key that has to be unique."""
    columns = columns_of(table)
    return {
        "insert": f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}",
        "update": f"UPDATE {table} SET tenant_id = tenant_id",
        "delete": f"DELETE FROM {table}",
    }


def is_let_through(sql):
    """Rows were written, or would have been but for something other than the rights."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            found = cursor.rowcount
            transaction.set_rollback(True)
            return found > 0
    except DatabaseError as error:
        return not any(refusal in str(error) for refusal in REFUSALS)


@pytest.mark.parametrize("who", ["partner", "dock"])
def test_outsiders_write_nothing_but_what_their_pages_write(two, inside, world, who):
    if who == "partner":
        party, member = two[0].party, two[0].member
    else:
        party = world.site.party
        member = make_member("dock", party_id=party.pk)
    with open_scope(Scope(inside.pk, party.pk, member.pk, member.user_id)):
        found = {
            (table, command)
            for table in tables()
            if ids(table)
            for command, sql in writes(table).items()
            if is_let_through(sql)
        }
    assert found <= WRITABLE
    assert ("tenancy_member", "update") in found
    if who == "partner":
        assert ("jobs_jobrequest", "update") in found


def test_a_partner_does_not_change_its_own_orders_places_or_name(two, inside):
    with tenant_scope(inside.pk, party_id=two[0].party.pk, member_id=two[0].member.pk), connection.cursor() as cursor:
        for sql in (
            "UPDATE orders_order SET customer_po = 'mine'",
            "UPDATE orders_orderline SET quantity = 1",
            "UPDATE parties_party SET credit_limit = 10",
            "UPDATE parties_location SET address1 = 'elsewhere'",
            "DELETE FROM orders_invoice",
            "DELETE FROM jobs_jobrequest",
        ):
            cursor.execute(sql)
            assert cursor.rowcount == 0, sql


def test_a_dock_sees_the_requests_to_its_site_alone(two, inside, world):
    other = make_sell_to("OTHERSITE")
    with tenant_scope(inside.pk, party_id=world.site.party_id):
        assert len(ids("fulfilment_shiprequest")) == 2
        assert len(ids("fulfilment_shiprequestline")) == 2
        assert ids("orders_order") == set()
    with tenant_scope(inside.pk, party_id=other.pk):
        assert ids("fulfilment_shiprequest") == set()
