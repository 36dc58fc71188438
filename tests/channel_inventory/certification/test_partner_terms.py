"""Terms of a partner on pages: entered, changed with a reason, and told in the history."""

import pytest
from django.urls import reverse

from channel_inventory.models import PartnerTerms
from parties.models import PartyRoleFact
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.parties import make_sell_to
from tests.factories.tenancy import make_member

TERMS = {"partner": "NORTH", "price_basis": "agreement_book", "window_days": "30", "claim_days": "60"}


@pytest.fixture
def url(aurora):
    return lambda name, *args: reverse(f"channel_inventory:partner_terms_{name}", args=[aurora.slug, *args])


@pytest.fixture
def desk_pages(aurora, client):
    with tenant_scope(aurora.pk):
        make_sell_to("NORTH", name="Northgate Components")
        client.force_login(make_member(Role.ADMIN, sees_cost=True).user)
    return client


def test_terms_are_entered_changed_and_told(aurora, desk_pages, url):
    entered = desk_pages.post(url("create"), TERMS)
    with tenant_scope(aurora.pk):
        terms = PartnerTerms.objects.get()
        assert (terms.partner.code, terms.price_basis, terms.window_days, terms.claim_days) == (
            "NORTH", "agreement_book", 30, 60,
        )  # fmt: skip
        assert PartyRoleFact.objects.filter(party=terms.partner, role="partner").exists()
    assert entered.url == url("detail", terms.pk)
    changed = {**TERMS, "partner": "SOMEBODY", "window_days": "45", "change_reason": "Contract of 2026"}
    assert desk_pages.post(url("edit", terms.pk), changed).url == url("detail", terms.pk)
    shown = desk_pages.get(url("detail", terms.pk)).content.decode()
    assert "45 days after the resale" in shown
    assert "Northgate Components" in desk_pages.get(url("list"), {"price_basis": "agreement_book"}).content.decode()
    told = desk_pages.get(reverse("people:history", args=[aurora.slug, "partner-terms", terms.pk])).content.decode()
    for words in ("Contract of 2026", "Created", "Changed", "30", "45"):
        assert words in told


def test_a_partner_has_terms_once(desk_pages, url):
    desk_pages.post(url("create"), TERMS)
    again = desk_pages.post(url("create"), TERMS)
    assert (again.status_code, "has terms already" in again.content.decode()) == (422, True)


@pytest.mark.parametrize(("field", "value"), [("window_days", "0"), ("claim_days", "x"), ("partner", "NOBODY")])
def test_what_is_wrong_stays_typed(desk_pages, url, field, value):
    refused = desk_pages.post(url("create"), {**TERMS, field: value})
    assert refused.status_code == 422
    assert f'value="{value}"' in refused.content.decode()
