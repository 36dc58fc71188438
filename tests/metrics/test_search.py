"""The find box: everything with a number or a name, by whoever may open it and nobody else."""

import pytest
from django.db import connection

from fulfilment.actions.confirm_shipment import confirm_shipment
from metrics.search import search
from metrics.search.find import ids_of
from metrics.search.kinds import KINDS
from orders.models import Invoice, Order
from parties.models import PartyAlias
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.orders import bare_order, occasion
from tests.factories.parties import make_party, make_sell_to
from tests.factories.tenancy import make_member
from tests.fulfilment.walk import answer, release, some_order
from tests.orders.pages import body

SEARCH = "/aurora/search/"
FUNCTIONS = ("orders", "parties", "products", "agreements", "ship_requests", "shipments", "invoices")


def titles(text, member, most=5):
    return {
        group.label: [hit.title for hit in group.hits]
        for group in search(text, member=member, slug="aurora", most=most)
    }


def order(number, po, sell_to=None):
    made = bare_order(sell_to or make_sell_to(), make_product())
    Order.objects.filter(pk=made.pk).update(number=number, customer_po=po, customer_po_key="".join(po.split()).upper())
    return made


def test_orders_by_number_by_its_last_part_and_by_any_part_of_the_po(desk):
    order("SO-26-104412", "NG-77 41902")
    order("SO-26-104413", "HLE-330187")
    for text in ("SO-26-104412", "so-26-104412", "104412", "ng-7741902", "7741", "NG-77 41", "41902"):
        assert titles(text, desk)["Orders"] == ["SO-26-104412"], text
    assert "Orders" not in titles("99999", desk)


def test_one_or_two_letters_are_a_beginning(desk):
    order("SO-26-1", "NG-1")
    order("SO-26-2", "AN-1NG")
    assert titles("NG", desk)["Orders"] == ["SO-26-1"]
    assert titles("N", desk) == {}


def test_what_is_exact_comes_first_then_the_newest(desk):
    for number, po in (("SO-26-1", "AB-12"), ("SO-26-2", "AB-123"), ("SO-26-3", "AB-124")):
        order(number, po)
    assert titles("AB-12", desk)["Orders"] == ["SO-26-1", "SO-26-3", "SO-26-2"]
    found = search("AB-12", member=desk, slug="aurora", most=2)
    assert [(len(group.hits), group.is_cut) for group in found] == [(2, True)]


@pytest.mark.parametrize("text", ["%%%", "___", "a%b", "x_y", "\\\\", "'; --", "\x00\x00"])
def test_signs_of_patterns_mean_themselves(desk, text):
    order("SO-26-1", "AXYB")
    make_product("PLAIN")
    assert titles(text, desk) == {}


def test_a_percent_sign_is_found_where_it_stands(desk):
    order("SO-26-1", "50%_OFF")
    assert titles("%_o", desk)["Orders"] == ["SO-26-1"]


def test_parties_by_code_name_and_alias(desk):
    party = make_party("NGC-01", name="Northgate Components GmbH")
    PartyAlias.objects.create(party=party, alias="Old Gate", normalised="old gate")
    for text in ("ngc", "NGC-01", "north", "gate comp", "NORTHGATE", "old ga"):
        assert titles(text, desk)["Parties"] == ["Northgate Components GmbH"], text


def test_merged_parties_lead_to_their_survivor(desk):
    old, new = make_party("OLD", name="Loser Parts"), make_party("NEW", name="Winner Parts")
    PartyAlias.objects.create(party=old, alias="Elder", normalised="elder")
    type(old).objects.filter(pk=old.pk).update(merged_into=new)
    assert titles("elder", desk)["Parties"] == ["Winner Parts"]
    assert titles("loser", desk) == {}


def test_products_by_our_number_the_customers_and_their_words(desk):
    product = make_product("AUR-3421-QFN32", description="Regulator, 3 A")
    product.part_numbers.create(party=make_party(), number="48-10233")
    for text in ("aur-34", "3421", "10233", "regula"):
        assert titles(text, desk)["Parts"] == ["AUR-3421-QFN32"], text


@pytest.fixture
def walked(world):
    """A shipment with what led to it."""
    said = answer(release(world, some_order(world)), 90)
    return confirm_shipment(answer=said, occasion=occasion(world.by))


def test_agreements_requests_shipments_tracking_and_invoices(world, walked):
    type(walked).objects.filter(pk=walked.pk).update(tracking="DHL4471092615")
    request = walked.ship_request
    found = titles("SPA", world.by)["Agreements"]
    assert sorted(found) == ["SPA-A rev 1", "SPA-B rev 1"]
    for text in (request.number, request.number.lower(), request.number.partition("-")[2]):
        assert titles(text, world.by)["Ship requests"] == [str(request)], text
    for text in (walked.number, walked.number.partition("-")[2], "dhl4471"):
        assert titles(text, world.by)["Shipments"] == [walked.number], text
    bare_order(world.sell_to, world.product)
    invoice = Invoice.objects.get()
    assert titles(invoice.number, world.by)["Invoices and credit memos"] == [invoice.number]


def test_rights_are_respected(world, walked):
    dock = make_member(Role.DOCK, party_id=world.dock.pk)
    finance = make_member(Role.FINANCE)
    assert titles("SR-", finance)["Ship requests"]
    with tenant_scope(world.by.tenant_id, party_id=dock.party_id, member_id=dock.pk):
        assert list(titles("SR-", dock)) == ["To ship"]
        assert titles("AUR", dock) == titles("NORTH", dock) == titles("SO-", dock) == {}


def test_a_partner_finds_its_own_orders_only_in_sql_too(inside):
    mine, rival = make_sell_to(), make_sell_to()
    own, other = order("SO-26-1", "AB-CDE-1", mine), order("SO-26-2", "AB-CDE-2", rival)
    partner = make_member(Role.PARTNER, party_id=mine.pk)
    with tenant_scope(inside.pk, party_id=mine.pk, member_id=partner.pk):
        assert titles("CDE", partner) == {"Your orders": ["SO-26-1"]}
        assert titles("SO-26-2", partner) == {}
        with connection.cursor() as cursor:
            cursor.execute("SELECT oms_find_orders('CDE', '', 1000)")
            assert cursor.fetchall() == [(own.pk,)]
            for name in FUNCTIONS[1:]:
                cursor.execute(f"SELECT count(*) FROM oms_find_{name}('A', 'a', 1000)")
                assert cursor.fetchone() == (0,), name
    assert other.pk != own.pk


def test_nothing_of_another_tenant_and_nothing_without_one(inside, kestrel, desk):
    with tenant_scope(kestrel.pk):
        order("SO-26-77", "AB-CDE-1")
        make_party("ABX", name="Abx")
        make_product("ABX")
    assert titles("AB", desk) == titles("CDE", desk) == titles("77", desk) == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('oms.tenant_id', '', true)")
        for name in FUNCTIONS:
            cursor.execute(f"SELECT count(*) FROM oms_find_{name}('AB', 'ab', 1000)")
            assert cursor.fetchone() == (0,), name
        cursor.execute("SELECT set_config('oms.tenant_id', %s, true)", [str(inside.pk)])


def test_one_query_for_all_ids_and_one_a_kind_found(desk, django_assert_num_queries):
    order("SO-26-1", "NORTH-1")
    make_party("N", name="North")
    with django_assert_num_queries(3):
        assert list(titles("north", desk)) == ["Orders", "Parties"]


def test_kinds_that_were_not_asked_for_are_not_searched(desk):
    make_party("NORTH")
    kinds = [kind for kind in KINDS if kind.name == "order"]
    assert ids_of("NORTH", kinds, 5) == {"order": []}


# pages ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk_client(client, desk):
    client.force_login(desk.user)
    return client


def test_the_only_hit_is_opened(desk_client):
    made = order("SO-26-104412", "NG-1")
    assert desk_client.get(SEARCH, {"q": "104412"}).url == f"/aurora/orders/{made.pk}/"


def test_hits_stand_in_groups_and_while_typing_alone(desk_client):
    order("SO-26-1", "NORTH-1")
    make_party("N", name="North")
    page = desk_client.get(SEARCH, {"q": "north"})
    assert "Orders 1 SO-26-1 PO NORTH-1" in body(page)
    assert "Parties 1 North N ·" in body(page)
    part = desk_client.get(SEARCH, {"q": "north"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'aria-label="Parties"' in part


@pytest.mark.parametrize(("text", "said"), [("", "What are you looking for?"), ("zzz", "Nothing is called “zzz”")])
def test_nothing_found_says_what_to_try(desk_client, text, said):
    assert said in body(desk_client.get(SEARCH, {"q": text}))


def test_what_was_typed_is_only_text(desk_client):
    page = desk_client.get(SEARCH, {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
