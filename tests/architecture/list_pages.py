"""How many queries each list page takes, whatever the number of rows. A new list needs a line here.

`fill` makes so many rows in the tenant in scope. When a count falls, lower it; when it rises, find out why first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from catalog.models import PartNumber, UnitFactor
from channel_inventory.actions.append_liability import accrue_claim_lines
from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.post_stock import post_stock
from channel_inventory.models import PartnerTerms
from exchange.actions.import_file import import_file
from exchange.models import TradingPartner
from fulfilment.actions.confirm_shipment import confirm_shipment
from jobs.actions.request_job import request_job
from metrics.actions.run_nightly import run_nightly
from orders.actions.mail_paper import Recipient, mail_paper
from orders.actions.save_draft import save_draft
from orders.actions.set_commit import set_commit
from orders.models import OrderLedger
from parties.models import Contact, PartyAlias
from people.actions.invite_member import invite_member
from pricing.models import FxRate, PriceListAssignment, PriceListItem
from tenancy.choices import Role
from tests.architecture.world import DRAFT, World
from tests.channel_inventory.claims.shop import claimed, credited, more_lines
from tests.channel_inventory.liability.claim_book import ClaimBook
from tests.factories.catalog import make_product
from tests.factories.channel_inventory import make_pos_line
from tests.factories.channel_stock import invoice_to, sold
from tests.factories.metrics import make_delivery, make_subscription
from tests.factories.orders import bare_order, occasion
from tests.factories.parties import make_end_buyer, make_location, make_party, make_sell_to
from tests.factories.pricing import make_agreement, make_price_list
from tests.factories.shipping import make_account, make_carrier, make_rule, make_terms
from tests.factories.tenancy import make_member
from tests.fixtures import TODAY
from tests.fulfilment.walk import answer, release, some_order
from tests.metrics.writer import make_slot
from ui.models import SavedView


@dataclass(frozen=True)
class ListPage:
    queries: int
    fill: Callable[[World, int], None]
    kwargs: dict[str, Callable[[World], Any]] = field(default_factory=dict)


def jobs(world: World, count: int) -> None:
    for number in range(count):
        request_job(kind="mark", unique_key=f"{count}-{number}", payload={}, by=None, at=timezone.now())


def liability_rows(world: World, count: int) -> None:
    book = ClaimBook(make_sell_to())
    for _ in range(count):
        agreed = make_agreement(make_product(), "1", mechanism="ship_and_debit", end_buyer=make_end_buyer())
        accrue_claim_lines(claim_line_ids=[book.line(agreed, 700).pk], by=None, at=timezone.now())


def ledger_rows(world: World, count: int) -> None:
    slot = make_slot(make_sell_to(), make_end_buyer(), make_product())
    for _ in range(count):
        slot.write("booked", 1, 100, day=TODAY)


def runs(world: World, count: int) -> None:
    for _ in range(count):
        run_nightly(night=TODAY, at=timezone.now())


def subscriptions(world: World, count: int) -> None:
    for _ in range(count):
        make_subscription(party=world.party, end_buyer=world.party, product=make_product())


def deliveries(world: World, count: int) -> None:
    for _ in range(count):
        make_delivery(make_subscription(party=world.party))


def mails(world: World, count: int) -> None:
    to = [Recipient("buyer@party.example")]
    for _ in range(count):
        mail_paper(paper=world.acknowledgement, to=to, message="", occasion=occasion(world.admin))


def parties(world: World, count: int) -> None:
    top = make_party()
    for _ in range(count):
        make_party(None, "sell_to", "partner", parent=top)


def locations(world: World, count: int) -> None:
    for _ in range(count):
        make_location(make_party())


def contacts(world: World, count: int) -> None:
    for _ in range(count):
        Contact.objects.create(party=make_party(), name="Pat")


def aliases(world: World, count: int) -> None:
    for number in range(count):
        said, reporter = f"alias {count} {number}", make_party()
        PartyAlias.objects.create(party=make_party(), alias=said, normalised=said, reported_by=reporter)


def units(world: World, count: int) -> None:
    for _ in range(count):
        UnitFactor.objects.create(unit="BX", base_unit="EA", factor=50, product=make_product())


def part_numbers(world: World, count: int) -> None:
    for _ in range(count):
        PartNumber.objects.create(party=make_party(), product=make_product(), number="4711")


def products(world: World, count: int) -> None:
    for _ in range(count):
        make_product()


def rules(world: World, count: int) -> None:
    for _ in range(count):
        place = make_location(make_sell_to())
        make_rule(make_terms(re_shipper=place), sell_to=place.party, ship_to=place)


def accounts(world: World, count: int) -> None:
    for _ in range(count):
        make_account(make_party(), make_carrier())


def partner_terms(world: World, count: int) -> None:
    for _ in range(count):
        PartnerTerms.objects.create(partner=make_party())


def batches(world: World, count: int) -> None:
    for _ in range(count):
        import_file(kind="parties", name="p.csv", content=b"broken", by=None, at=timezone.now())


def reports(world: World, count: int) -> None:
    for _ in range(count):
        import_file(kind="pos", name="p.csv", content=b"broken", by=None, at=timezone.now())


def pos_lines(world: World, count: int) -> None:
    for _ in range(count):
        make_pos_line(world.party, world.product, batch=world.batch, location=world.location)


def saved_views(world: World, count: int) -> None:
    for number in range(count):
        member = world.member(Role.ADMIN)
        SavedView.objects.create(member=member, page="orders:order_list", name=f"{count}-{number}")


def members(world: World, count: int) -> None:
    for _ in range(count):
        make_member(Role.PARTNER, party_id=world.party.pk)


def invitations(world: World, count: int) -> None:
    for number in range(count):
        by = make_member(Role.ADMIN)
        invite_member(email=f"n{count}-{number}@example.com", role=Role.FINANCE, by=by, at=timezone.now())


def orders(world: World, count: int) -> None:
    for _ in range(count):
        bare_order(make_sell_to(), make_product())


def late_orders(world: World, count: int) -> None:
    for _ in range(count):
        order = bare_order(make_sell_to(), make_product())
        order.holds.all().delete()
        order.schedules.update(current_commit=TODAY - timedelta(days=9))


def moved_orders(world: World, count: int) -> None:
    for _ in range(count):
        slot = make_slot(make_sell_to(), make_end_buyer(), make_product())
        slot.write("booked", 10, 100, day=TODAY)
        slot.write("request_moved", day=TODAY, at=timezone.now())


def drafts(world: World, count: int) -> None:
    for _ in range(count):
        save_draft(
            draft_id=None, version=0, page=uuid4(), content=DRAFT, by=world.member(Role.ADMIN), at=timezone.now()
        )


def shipments(world: World, count: int) -> None:
    walk = world.walk
    for _ in range(count):
        said = answer(release(walk, some_order(walk)), 90)
        confirm_shipment(answer=said, occasion=occasion(world.admin))


def trading_partners(world: World, count: int) -> None:
    for number in range(count):
        TradingPartner.objects.create(name="Partner", qualifier="01", identity=f"{count}-{number}")


def price_lists(world: World, count: int) -> None:
    for _ in range(count):
        make_price_list(make_product(), "1", party=make_sell_to())


def list_prices(world: World, count: int) -> None:
    for _ in range(count):
        item = {"product": make_product(), "price": Decimal(1), "valid_from": TODAY}
        PriceListItem.objects.create(price_list=world.price_list, **item)
        PriceListAssignment.objects.create(
            price_list=world.price_list, party=make_sell_to(), currency="USD", valid_from=TODAY
        )


def agreements(world: World, count: int) -> None:
    for _ in range(count):
        make_agreement(make_product(), "1", end_buyer=make_end_buyer(), sell_to=make_sell_to())


def rates(world: World, count: int) -> None:
    for number in range(count):
        day = TODAY - timedelta(days=100 * count + number)
        FxRate.objects.create(date=day, from_currency="EUR", to_currency="USD", rate=Decimal(1))


def commits(world: World, count: int) -> None:
    for _ in range(count):
        day = TODAY + timedelta(days=OrderLedger.objects.filter(order=world.order).count() + 1)
        set_commit(
            order_id=world.order.pk, schedule_id=world.schedule.pk, to=day, occasion=occasion(world.member(Role.ADMIN))
        )


def channel_stock(world: World, count: int) -> None:
    for _ in range(count):
        partner, product = make_sell_to(), make_product()
        invoice_to(partner, product, 100, "1.00")
        catch_up_sell_in(at=timezone.now())
        post_stock(pos_line_ids=[sold(partner, product, 30).pk], by=None, at=timezone.now())


def claims(world: World, count: int) -> None:
    for _ in range(count):
        claimed(world.party)


def claim_lines(world: World, count: int) -> None:
    more_lines(world.claim, count)


def credits_of_claims(world: World, count: int) -> None:
    for _ in range(count):
        credited(claimed(world.party), world.admin)


LISTS: dict[str, ListPage] = {
    "channel_inventory:stock_list": ListPage(10, channel_stock),
    "channel_inventory:stock_rows": ListPage(10, channel_stock),
    "channel_inventory:layer_list": ListPage(10, channel_stock),
    "channel_inventory:claim_list": ListPage(10, claims),
    "channel_inventory:claim_detail": ListPage(15, claim_lines, {"pk": lambda world: world.claim.pk}),
    "channel_inventory:credit_list": ListPage(10, credits_of_claims),
    "exchange:trading_partner_list": ListPage(10, trading_partners),
    "pricing:agreement_list": ListPage(10, agreements),
    "pricing:price_list_detail": ListPage(12, list_prices, {"pk": lambda world: world.price_list.pk}),
    "pricing:price_list_list": ListPage(10, price_lists),
    "pricing:rate_list": ListPage(10, rates),
    "orders:order_list": ListPage(10, orders),
    "orders:order_ledger": ListPage(11, commits, {"pk": lambda world: world.order.pk}),
    "orders:draft_list": ListPage(10, drafts),
    "orders:mail_list": ListPage(10, mails),
    "orders:hold_list": ListPage(15, orders),
    "orders:work_uncommitted": ListPage(15, orders),
    "orders:work_past_due": ListPage(15, late_orders),
    "orders:work_releases": ListPage(15, late_orders),
    "orders:work_moved": ListPage(15, moved_orders),
    "orders:schedule_list": ListPage(10, orders),
    "fulfilment:exception_list": ListPage(10, shipments),
    "fulfilment:ship_request_list": ListPage(10, shipments),
    "fulfilment:shipment_list": ListPage(10, shipments),
    "catalog:product_list": ListPage(10, products),
    "shipping:terms_list": ListPage(10, rules),
    "shipping:rule_list": ListPage(10, rules),
    "shipping:account_list": ListPage(10, accounts),
    "shipping:carrier_list": ListPage(10, accounts),
    "exchange:batch_list": ListPage(10, batches),
    "channel_inventory:report_list": ListPage(10, reports),
    "channel_inventory:pos_list": ListPage(10, pos_lines),
    "channel_inventory:partner_terms_list": ListPage(10, partner_terms),
    "channel_inventory:text_list": ListPage(10, pos_lines),
    "parties:contact_list": ListPage(10, contacts),
    "parties:alias_list": ListPage(10, aliases),
    "catalog:family_list": ListPage(10, products),
    "catalog:unit_list": ListPage(10, units),
    "catalog:part_number_list": ListPage(10, part_numbers),
    "pricing:assignment_list": ListPage(10, price_lists),
    "parties:location_list": ListPage(10, locations),
    "parties:party_list": ListPage(11, parties),
    "jobs:job_list": ListPage(8, jobs),
    "metrics:ledger_rows": ListPage(10, ledger_rows),
    "metrics:liability_rows": ListPage(10, liability_rows),
    "metrics:run_list": ListPage(10, runs),
    "metrics:subscription_list": ListPage(10, subscriptions),
    "metrics:delivery_list": ListPage(10, deliveries),
    "people:member_list": ListPage(10, members),
    "people:invitation_list": ListPage(10, invitations),
    "saved:view_list": ListPage(10, saved_views),
    # and one for each kind of record that the entries name
    "people:audit_list": ListPage(14, members),
}
