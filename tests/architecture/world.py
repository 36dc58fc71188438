"""A tenant with one member of each role, two outside parties, and one sample of whatever a page shows.

A sample is made when a page first asks for it. What an outsider may open belongs to `party`; `rival` is another
party, whose members must find nothing.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.utils import timezone

from catalog.models import PartNumber, UnitFactor
from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.models import PartnerTerms, StockPosition
from exchange.actions.import_file import import_file
from exchange.models import TradingPartner
from fulfilment.actions.confirm_shipment import confirm_shipment
from jobs.actions.request_job import request_job
from jobs.files import store_file
from orders.actions.acknowledge_order import acknowledge_order
from orders.actions.add_note import add_note
from orders.actions.attach_file import attach_file
from orders.actions.mail_paper import Recipient, mail_paper
from orders.actions.save_draft import save_draft
from parties.models import Contact, PartyAlias
from people.actions.invite_member import invite_member
from pricing.models import FxRate
from tenancy.choices import OUTSIDERS, Role
from tenancy.models import Member
from tenancy.scope import tenant_scope
from tests.channel_inventory.claims.shop import claimed, credited
from tests.factories.catalog import make_product
from tests.factories.channel_inventory import make_pos_line
from tests.factories.channel_stock import invoice_to
from tests.factories.metrics import make_delivery, make_subscription
from tests.factories.orders import bare_order, occasion
from tests.factories.parties import make_location, make_party, make_sell_to
from tests.factories.pricing import make_agreement, make_price_list
from tests.factories.shipping import make_account, make_carrier, make_rule
from tests.factories.tenancy import make_member, make_tenant
from tests.fixtures import TODAY
from tests.fulfilment.walk import answer, release, some_order
from tests.world import make_world
from ui.models import SavedView

DRAFT: dict[str, Any] = {"header": {"sell_to": "PARTY"}, "rows": []}


def sample(make: Callable[[Any], Any]) -> Any:
    """A cached property that is made in the world's own scope."""

    def found(world: Any) -> Any:
        with tenant_scope(world.tenant.pk):
            return make(world)

    found.__name__ = make.__name__
    return cached_property(found)


class World:
    def __init__(self, slug: str):
        self.tenant = make_tenant(slug)
        self._members: dict[tuple[str, bool], Member] = {}

    def member(self, role: str, *, of_rival: bool = False) -> Member:
        """The member of this role; an outsider belongs to `party`, or to `rival`."""
        if (role, of_rival) not in self._members:
            party = (self.rival if of_rival else self.party).pk if role in OUTSIDERS else None
            with tenant_scope(self.tenant.pk):
                self._members[role, of_rival] = make_member(role, party_id=party)
        return self._members[role, of_rival]

    @sample
    def party(self) -> Any:
        return make_party("PARTY")

    @sample
    def rival(self) -> Any:
        return make_party("RIVAL")

    @sample
    def job(self) -> Any:
        return request_job(
            kind="mark", unique_key="sample", payload={}, by=None, at=timezone.now(), party_id=self.party.pk
        )

    @sample
    def file(self) -> Any:
        return store_file(
            b"sample", kind="sample", name="a.txt", content_type="text/plain", right="orders.view",
            party_id=self.party.pk,
        )  # fmt: skip

    @sample
    def location(self) -> Any:
        return make_location(self.party)

    @sample
    def product(self) -> Any:
        return make_product()

    @sample
    def trading_partner(self) -> Any:
        return TradingPartner.objects.create(name="Partner", qualifier="01", identity="1")

    @sample
    def price_list(self) -> Any:
        return make_price_list(self.product, "1.20", party=self.party)

    @sample
    def list_price(self) -> Any:
        return self.price_list.items.get()

    @sample
    def assignment(self) -> Any:
        return self.price_list.assignments.get()

    @sample
    def rate(self) -> Any:
        return FxRate.objects.create(date=TODAY, from_currency="EUR", to_currency="USD", rate=1)

    @sample
    def contact(self) -> Any:
        return Contact.objects.create(party=self.party, name="Pat")

    @sample
    def alias(self) -> Any:
        return PartyAlias.objects.create(party=self.party, alias="Sample", normalised="sample")

    @sample
    def part_number(self) -> Any:
        return PartNumber.objects.create(party=self.party, product=self.product, number="4711")

    @sample
    def unit(self) -> Any:
        return UnitFactor.objects.create(unit="BX", base_unit="EA", factor=50)

    @sample
    def agreement(self) -> Any:
        return make_agreement(self.product, "0.95", end_buyer=self.party).agreement

    @sample
    def batch(self) -> Any:
        return import_file(
            kind="parties", name="parties.csv",
            content=b"code,name,roles,country\nNEW,New,partner,US\nBAD,,partner,US\n",
            party_id=self.party.pk, is_dry_run=True, by=None, at=timezone.now(),
        )  # fmt: skip

    @sample
    def pos_line(self) -> Any:
        return make_pos_line(self.party, self.product, batch=self.batch)

    @sample
    def partner_terms(self) -> Any:
        return PartnerTerms.objects.create(partner=self.party)

    @sample
    def colleague(self) -> Any:
        return make_member(Role.MANAGER)

    @sample
    def invitation(self) -> Any:
        return invite_member(email="new@example.com", role=Role.FINANCE, by=None, at=timezone.now()).invitation

    @sample
    def saved_view(self) -> Any:
        return SavedView.objects.create(member=make_member(Role.MANAGER), page="orders:order_list", name="Mine")

    @sample
    def subscription(self) -> Any:
        return make_subscription(party=self.party)

    @sample
    def delivery(self) -> Any:
        return make_delivery(self.subscription, state="failed")

    @sample
    def order(self) -> Any:
        return bare_order(self.party, self.product)

    @sample
    def stock_position(self) -> Any:
        partner = make_sell_to()
        invoice_to(partner, self.product, 100, "1.00")
        catch_up_sell_in(at=timezone.now())
        return StockPosition.objects.get(partner=partner)

    @sample
    def filed_order(self) -> Any:
        return bare_order(self.party, self.product, import_batch=self.batch)

    @sample
    def line(self) -> Any:
        return self.order.lines.get()

    @sample
    def schedule(self) -> Any:
        return self.order.schedules.get()

    @sample
    def hold(self) -> Any:
        return self.order.holds.get()

    @sample
    def draft(self) -> Any:
        return save_draft(
            draft_id=None, version=0, page=uuid4(), content=DRAFT, by=self.member(Role.ADMIN), at=timezone.now()
        )

    @sample
    def invoice(self) -> Any:
        return self.order.invoices.get()

    @sample
    def note(self) -> Any:
        return add_note(order_id=self.order.pk, text="Called.", is_shared=True, occasion=occasion(self.admin))

    @sample
    def attachment(self) -> Any:
        return attach_file(
            order_id=self.order.pk, name="a.txt", content=b"sample", is_shared=True, occasion=occasion(self.admin)
        )

    @sample
    def acknowledgement(self) -> Any:
        made = acknowledge_order(order_id=self.order.pk, occasion=occasion(self.admin))
        made.file = self.file
        made.save()
        return made

    @sample
    def paper_mail(self) -> Any:
        to = [Recipient("buyer@party.example")]
        [made] = mail_paper(paper=self.acknowledgement, to=to, message="", occasion=occasion(self.admin))
        return made

    @sample
    def walk(self) -> Any:
        return make_world(self.admin, self.party)

    @sample
    def released(self) -> Any:
        return release(self.walk, some_order(self.walk))

    @sample
    def mismatch(self) -> Any:
        return self.shipped.exceptions.get()

    @sample
    def shipped(self) -> Any:
        said = answer(release(self.walk, some_order(self.walk)), 90)
        return confirm_shipment(answer=said, occasion=occasion(self.admin))

    @sample
    def claim(self) -> Any:
        return claimed(self.party).claim

    @sample
    def claim_credit(self) -> Any:
        return credited(claimed(self.party), self.admin)

    @sample
    def shipping_rule(self) -> Any:
        return make_rule()

    @sample
    def account(self) -> Any:
        return make_account(self.party, make_carrier())

    @sample
    def admin(self) -> Any:
        return self.member(Role.ADMIN)
