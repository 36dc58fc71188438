"""Master data on pages: entered, changed, removed, told in its history; its files in and out beside each list."""

import csv
import io
import re

import pytest
from django.utils import timezone

from catalog.models import PartNumber, ProductFamily, UnitFactor
from exchange.actions.import_file import import_file
from exchange.kinds import kinds
from exchange.models import TradingPartner
from parties.models import Contact, Party, PartyAlias
from pricing.models import FxRate, PriceList, PriceListAssignment, PriceListItem
from shipping.models import Carrier
from tests.factories.catalog import make_product
from tests.factories.parties import make_location, make_party, make_sell_to
from tests.factories.pricing import START, make_price_list
from tests.factories.shipping import make_account, make_carrier
from tests.factories.tenancy import make_member
from tests.fixtures import TODAY

WHY = {"change_reason": "Asked by the customer"}


@pytest.fixture
def desk_page(client, inside, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make_member("sales_ops", sees_cost=True).user)
    return client


@pytest.fixture
def viewer(inside):
    return make_member("manager").user


def send(client, path, **values):
    answer = client.post(f"/aurora/{path}", {**values, **WHY})
    assert answer.status_code == 302, re.findall(r'field-error"[^>]*>([^<]+)', answer.text)
    return answer.url


def history(client, kind, pk):
    return client.get(f"/aurora/history/{kind}/{pk}/").text


def test_people_at_a_party_come_change_and_go(desk_page):
    party = make_party("NORTH")
    send(desk_page, f"parties/{party.pk}/people/new/", name="Pat", email="pat@example.com")
    contact = Contact.objects.get()
    assert "pat@example.com" in desk_page.get("/aurora/contacts/?q=PAT").text
    send(desk_page, f"parties/{party.pk}/people/{contact.pk}/", name="Patricia", phone="1")
    told = history(desk_page, "contact", contact.pk)
    assert "Patricia" in told
    assert "Asked by the customer" in told
    send(desk_page, f"parties/{party.pk}/people/{contact.pk}/remove/")
    assert not Contact.objects.exists()
    assert "Deleted: contact" in history(desk_page, "party", party.pk)
    assert desk_page.post(f"/aurora/parties/{party.pk}/people/new/", {"name": "", "email": "x"}).status_code == 422


def test_an_alias_is_learnt_and_forgotten(desk_page):
    party = make_party("NORTH", name="North")
    send(desk_page, "aliases/new/", alias="Nth", party="NORTH")
    assert desk_page.post("/aurora/aliases/new/", {"alias": "---", "party": "NORTH"}).status_code == 422
    assert "everywhere" in desk_page.get("/aurora/aliases/?q=nth").text
    send(desk_page, f"aliases/{PartyAlias.objects.get().pk}/forget/")
    assert not PartyAlias.objects.exists()
    assert "Deleted: party alias" in history(desk_page, "party", party.pk)


def test_a_family_is_made_renamed_and_counted(desk_page):
    url = send(desk_page, "families/new/", code="DIODE", name="Diodes")
    family = ProductFamily.objects.get()
    make_product("A-1", family=family)
    assert "1" in desk_page.get(url).text
    send(desk_page, f"families/{family.pk}/edit/", code="DIODES", name="Diodes")
    assert desk_page.post("/aurora/families/new/", {"code": "DIODES"}).status_code == 422
    row = re.search(r"<tr>.*?DIODES.*?</tr>", desk_page.get("/aurora/families/").text, re.DOTALL)[0]
    assert '<td class="num">1</td>' in row
    assert "Asked by the customer" in history(desk_page, "family", family.pk)


def test_a_unit_says_how_many_it_holds(desk_page):
    product = make_product("A-1", unit="EA")
    send(desk_page, "units/new/", unit="bx", factor=50, base_unit="ea")
    unit = UnitFactor.objects.get()
    assert (unit.unit, unit.base_unit, unit.product) == ("BX", "EA", None)
    for wrong in ({"unit": "EA"}, {"base_unit": "M", "product": "A-1"}, {"factor": "0"}, {}):
        given = {"unit": "BX", "factor": 50, "base_unit": "EA", **wrong}
        assert desk_page.post("/aurora/units/new/", given).status_code == 422
    send(desk_page, f"units/{unit.pk}/", unit="BX", factor=100, base_unit="EA", product="A-1")
    unit.refresh_from_db()
    assert (unit.factor, unit.product) == (100, product)
    assert "100" in history(desk_page, "unit", unit.pk)
    send(desk_page, f"units/{unit.pk}/remove/")
    assert not UnitFactor.objects.exists()


def test_a_customers_number_is_given_and_taken_away(desk_page):
    product, _ = make_product("A-1"), make_party("ACME")
    send(desk_page, "part-numbers/new/", party="ACME", number="4711", product="A-1")
    number = PartNumber.objects.get()
    assert "4711" in desk_page.get("/aurora/part-numbers/?number=47").text
    send(desk_page, f"part-numbers/{number.pk}/remove/")
    assert not PartNumber.objects.exists()
    assert "Deleted: part number" in history(desk_page, "product", product.pk)


def test_a_price_list_its_prices_and_its_buyers_are_changed(desk_page):
    party, product = make_sell_to("NORTH"), make_product("A-1")
    book = make_price_list(product, "1.20", party=party, code="BOOK")
    item, assigned = PriceListItem.objects.get(), PriceListAssignment.objects.get()
    make_price_list(product, "2", code="BASE", kind="base")
    send(desk_page, f"prices/{book.pk}/edit/", code="BOOK-26", kind="book")
    assert PriceList.objects.get(pk=book.pk).code == "BOOK-26"
    for wrong in ({"code": "BASE", "kind": "book"}, {"code": "X", "kind": "base"}):
        assert desk_page.post(f"/aurora/prices/{book.pk}/edit/", wrong).status_code == 422
    assert 'value="1.200000"' in desk_page.get(f"/aurora/prices/{book.pk}/price/{item.pk}/").text
    send(desk_page, f"prices/{book.pk}/price/{item.pk}/", price="1.25", valid_to="2026-12-31")
    item.refresh_from_db()
    assert (str(item.price), str(item.valid_to), item.valid_from) == ("1.250000", "2026-12-31", START)
    assert "NORTH Company" in desk_page.get("/aurora/prices/assigned/?price_list=BOOK-26").text
    send(desk_page, f"prices/assigned/{assigned.pk}/", valid_to="2026-11-30")
    assigned.refresh_from_db()
    assert (str(assigned.valid_to), assigned.party) == ("2026-11-30", party)
    told = history(desk_page, "price-list", book.pk)
    assert {"1.2", "1.25", "BOOK-26"} <= set(re.findall(r">([^<>]+)</td>", told))
    desk_page.force_login(make_member("sales_ops", sees_cost=False).user)
    assert 'value="1.25' not in desk_page.get(f"/aurora/prices/{book.pk}/price/{item.pk}/").text


def test_a_rate_is_put_right(desk_page):
    rate = FxRate.objects.create(date=TODAY, from_currency="EUR", to_currency="USD", rate="1.10")
    send(desk_page, f"rates/{rate.pk}/", rate="1.11")
    rate.refresh_from_db()
    assert str(rate.rate) == "1.11000000"
    assert "1.11" in history(desk_page, "rate", rate.pk)


def test_who_may_only_look_finds_every_record_and_no_button_to_edit(client, viewer):
    party = make_party("NORTH")
    place, account = make_location(party, "DOCK"), make_account(party, make_carrier(), number="123456789")
    partner = TradingPartner.objects.create(name="Partner", qualifier="01", identity="1")
    family = make_product().family
    paths = {
        f"parties/{party.pk}/locations/{place.pk}/": "1 Main Street",
        f"freight-accounts/{account.pk}/": "…6789",
        f"carriers/{account.carrier_id}/": Carrier.objects.get().code,
        f"families/{family.pk}/": family.code,
    }
    client.force_login(viewer)
    for path, word in paths.items():
        page = client.get(f"/aurora/{path}").text
        assert word in page, path
        assert "History" in page
        assert "/edit/" not in page
        assert "123456789" not in page
    assert client.get(f"/aurora/files/partners/{partner.pk}/").status_code == 403
    client.force_login(make_member("admin").user)
    for path in (*paths, f"files/partners/{partner.pk}/"):
        assert "/edit/" in client.get(f"/aurora/{path}").text


def test_rows_without_a_page_lead_to_their_history(client, viewer):
    party, product = make_sell_to("NORTH"), make_product("A-1")
    make_price_list(product, "1", party=party)
    rows = {
        "contacts/": ("contact", Contact.objects.create(party=party, name="Pat")),
        "aliases/": ("alias", PartyAlias.objects.create(party=party, alias="Nth", normalised="nth")),
        "units/": ("unit", UnitFactor.objects.create(unit="BX", base_unit="EA", factor=50)),
        "part-numbers/": ("part-number", PartNumber.objects.create(party=party, product=product, number="1")),
        "prices/assigned/": ("assignment", PriceListAssignment.objects.get()),
        "rates/": ("rate", FxRate.objects.create(date=TODAY, from_currency="EUR", to_currency="USD", rate="1")),
    }
    client.force_login(viewer)
    for path, (kind, row) in rows.items():
        address = f"/aurora/history/{kind}/{row.pk}/"
        assert address in client.get(f"/aurora/{path}").text
        assert "Created" in client.get(address).text


LISTS = {
    "parties": "parties/", "locations": "locations/", "aliases": "aliases/", "products": "products/",
    "part_numbers": "part-numbers/", "fx_rates": "rates/", "price_lists": "prices/",
    "price_list_assignments": "prices/assigned/", "agreements": "agreements/",
    "contacts": "contacts/", "product_families": "families/", "units": "units/", "carriers": "carriers/",
    "trading_partners": "files/partners/",
    "freight_accounts": "freight-accounts/", "shipping_terms": "terms/", "shipping_rules": "rules/",
}  # fmt: skip


def test_every_kind_of_master_data_has_its_files_beside_its_list():
    """What partners report is no master data of ours: it has its own pages."""
    ours = (kind for kind in kinds().values() if not kind.is_document and not kind.is_open_to_partners)
    assert set(LISTS) == {kind.name for kind in ours}


@pytest.mark.parametrize("kind", sorted(LISTS))
def test_a_list_offers_upload_template_and_export(desk_page, kind):
    page = desk_page.get(f"/aurora/{LISTS[kind]}").text
    assert f"/aurora/files/upload/?kind={kind}" in page
    for way in ("template", "export"):
        for ending in ("csv", "xlsx"):
            assert f"/aurora/files/{way}/?kind={kind}&amp;as={ending}" in page
    answer = desk_page.get(f"/aurora/files/template/?kind={kind}&as=csv")
    (heading,) = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert heading == list(kinds()[kind].names)
    assert desk_page.get(f"/aurora/files/upload/?kind={kind}").status_code == 200


@pytest.mark.parametrize("kind", ["parties", "agreements"])
def test_who_may_not_import_is_offered_no_files(client, viewer, kind):
    client.force_login(viewer)
    page = client.get(f"/aurora/{LISTS[kind]}").text
    assert "/aurora/files/" not in page.partition("<main")[2]
    assert "New p" not in page.partition("<main")[2]


def test_an_import_names_its_file_in_the_history(desk_page, desk):
    content = b"code,name,roles,country\nNEW,New Co,partner,US\n"
    import_file(kind="parties", name="spring.csv", content=content, by=desk, at=timezone.now())
    assert "File spring.csv" in history(desk_page, "party", Party.objects.get(code="NEW").pk)


def test_roles_and_rights_are_told_to_administrators(client, inside):
    client.force_login(make_member("admin").user)
    page = client.get("/aurora/people/roles/").text
    assert "orders.enter" in page
    assert "by person" in page
