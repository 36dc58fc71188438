"""Texts certified by keyboard alone, each key counted."""

import pytest
from playwright.sync_api import expect

from channel_inventory.models import ReportedEndBuyer
from parties.models import Party, PartyAlias
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.browser.axe import violations
from tests.browser.roles import pass_the_door
from tests.channel_inventory.certification.samples import line_of
from tests.factories.channel_inventory import make_text
from tests.factories.parties import make_end_buyer, make_location, make_sell_to
from tests.factories.tenancy import make_member, make_user

NAMES = (
    "Halden Rail Sig Ltd", "Orlo Motor Drives sro", "Quillon Instr.", "Kordell Defence Sys", "Cash sale",
    "Tarn Pwr Tools", "Last one",
)  # fmt: skip


class Keys:
    """A keyboard that counts: a text typed counts letter by letter."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def type(self, text):
        self.page.keyboard.type(text)
        self.count += len(text)


@pytest.fixture
def texts(db, aurora):
    with tenant_scope(aurora.pk):
        make_member(Role.ADMIN, user=make_user("desk@aurora.example", "channel-oms-demo"))
        partner = make_sell_to("NGC", name="Northgate Components")
        for code, name, country in (
            ("HRS-01", "Halden Rail Signalling Ltd", "GB"), ("HSM-04", "Halden Signalling Maintenance", "GB"),
            ("ORLO", "Orlo Motor Drives", "CZ"), ("QUILLON", "Quillon Instruments", "GB"),
            ("KDS", "Kestrel Defence", "GB"),
        ):  # fmt: skip
            make_location(make_end_buyer(code, name=name, country=country), city="Doncaster", country=country)
        found = {}
        for place, name in enumerate(NAMES):
            place_of = {"address": "Leeds Road 4", "city": "Leeds", "country": "GB"} if name == NAMES[5] else {}
            found[name] = make_text(partner, name, **place_of)
            line_of(found[name], 1_000 - place)
        return found


@pytest.fixture
def page(texts, browser_page):
    browser_page.goto("/aurora/channel/certification/work/")
    pass_the_door(browser_page)
    at(browser_page, NAMES[0])
    return browser_page


def at(page, name):
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Who is “{name}”?")
    # the keys work once the deferred scripts have run
    page.wait_for_load_state("domcontentloaded")


def decided(aurora):
    with tenant_scope(aurora.pk):
        rows = ReportedEndBuyer.objects.exclude(state="open").select_related("party")
        return {row.name: getattr(row.party, "code", row.state) for row in rows}


def test_texts_are_certified_by_keyboard_alone_and_one_is_undone(page, aurora):
    keys = Keys(page)
    keys.press("Enter")
    at(page, NAMES[1])
    keys.press("l")
    expect(page.get_by_label("Learn the text")).not_to_be_checked()
    keys.press("1")
    at(page, NAMES[2])
    assert keys.count == 3
    # wrong: it was another one, so back and again
    keys.press("1")
    at(page, NAMES[3])
    keys.press("u")
    at(page, NAMES[2])
    expect(page.get_by_role("status")).to_contain_text("Last: Orlo Motor Drives sro to Orlo Motor Drives")
    keys.press("/")
    keys.type("hrs-01")
    # the letters typed have undone, skipped and rejected nothing
    assert decided(aurora) == {NAMES[0]: "HRS-01", NAMES[1]: "ORLO"}
    keys.press("Enter")
    at(page, NAMES[3])
    assert keys.count == 13
    # part of a name offers whom it may mean
    keys.press("/")
    keys.type("kestr")
    keys.press("Enter")
    expect(page.get_by_text("for “kestr”")).to_be_visible()
    page.wait_for_load_state("domcontentloaded")
    assert violations(page) == []
    page.keyboard.press("Escape")
    keys.press("1")
    at(page, NAMES[4])
    keys.press("r")
    expect(page.get_by_label("Why it is not an end buyer")).to_be_focused()
    keys.type("cash")
    keys.press("Enter")
    at(page, NAMES[5])
    keys.press("c")
    expect(page.get_by_label("Name")).to_be_focused()
    expect(page.get_by_label("Code", exact=False).first).to_have_value("TARN-PWR-TOOLS")
    assert violations(page) == []
    keys.press("Enter")
    at(page, NAMES[6])
    keys.press("k")
    at(page, NAMES[6])
    keys.press("s")
    expect(page.get_by_role("heading", name="Certification")).to_be_visible()
    assert decided(aurora) == {
        NAMES[0]: "HRS-01", NAMES[1]: "ORLO", NAMES[2]: "HRS-01", NAMES[3]: "KDS", NAMES[4]: "rejected",
        NAMES[5]: "TARN-PWR-TOOLS", NAMES[6]: "later",
    }  # fmt: skip
    assert keys.count == 31
    with tenant_scope(aurora.pk):
        # not learnt where L was pressed, nor where it was taken back
        assert set(PartyAlias.objects.values_list("alias", flat=True)) == {NAMES[0], NAMES[2], NAMES[3], NAMES[5]}
        place = Party.objects.get(code="TARN-PWR-TOOLS").locations.get()
        assert (place.address1, place.city, place.country) == ("Leeds Road 4", "Leeds", "GB")


def test_what_is_wrong_comes_back_where_it_was_typed_and_the_keys_are_listed(page):
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys of this page")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.get_by_label("Country").fill("ZZ")
    page.get_by_label("Name").press("Enter")
    expect(page.get_by_text("“ZZ” is no ISO country code")).to_be_visible()
    expect(page.get_by_label("Country")).to_have_value("ZZ")
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_queue_is_accessible_and_fits_a_tablet(page, theme):
    page.set_viewport_size({"width": 834, "height": 1100})
    page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
