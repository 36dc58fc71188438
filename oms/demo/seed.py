"""Make the demo's two tenants."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from metrics.actions.rebuild_snapshots import rebuild_snapshots
from metrics.actions.run_nightly import run_nightly
from metrics.actions.settle_deliveries import settle_deliveries
from metrics.actions.subscribe_report import subscribe_report
from metrics.choices import Cadence, SpanKind
from metrics.mailing.subscriptions import Wanted
from oms.demo.agreements import fill_agreements, make_agreements
from oms.demo.bulk import fill_orders
from oms.demo.bulk_channel import fill_channel
from oms.demo.channel import tell_channel
from oms.demo.masters import Masters, make_masters
from oms.demo.people import make_people
from oms.demo.scale import SCALES, Scale
from oms.demo.story import tell_story
from oms.demo.terms import make_terms
from tenancy.actions.create_tenant import create_tenant
from tenancy.choices import FiscalPattern, Role
from tenancy.models import Member, Tenant
from tenancy.scope import tenant_scope

TENANTS = (
    {
        "slug": "aurora", "name": "Aurora Semiconductor", "legal_name": "Aurora Semiconductor, Inc.", "currency": "USD",
        "timezone": "America/Los_Angeles", "country": "US", "address": "2100 Signal Road\nSanta Clara, CA 95054",
        "tax_number": "US 00-0000000", "fiscal_pattern": FiscalPattern.CALENDAR,
    },
    {
        "slug": "kestrel", "name": "Kestrel Devices", "legal_name": "Kestrel Devices GmbH", "currency": "EUR",
        "timezone": "Europe/Berlin", "country": "DE", "address": "Lindwurmweg 12\n80337 München",
        "tax_number": "DE000000000", "fiscal_pattern": FiscalPattern.W445,
    },
)  # fmt: skip

Say = Callable[[str], None]


def seed(scale_name: str, seed_number: int, today: dt.date, say: Say) -> None:
    """Both tenants: the first at the scale asked for, the second always small. The database must have neither."""
    small = SCALES["small"]
    scales = (SCALES[scale_name], small)
    with transaction.atomic():
        made = [
            make_tenant(facts, scale, seed_number + index, today, say)
            for index, (facts, scale) in enumerate(zip(TENANTS, scales, strict=True))
        ]
    for tenant, scale in zip(made, scales, strict=True):
        if scale is not small:
            yesterday = today - dt.timedelta(days=1)
            at = dt.datetime.combine(today, dt.time(0), tenant.zone)
            fill_agreements(tenant, scale, today, at, say)
            fill_orders(tenant, scale, seed_number, yesterday, say)
            fill_channel(tenant, seed_number, yesterday, at, say)
            rebuild_snapshots(tenant_id=tenant.pk, night=yesterday, at=at, workers=2)
            with tenant_scope(tenant.pk):
                settle_deliveries(night=yesterday, at=at, is_rebuild=True)
            say(f"{tenant.name}: snapshots made")


def make_tenant(facts: dict, scale: Scale, seed_number: int, today: dt.date, say: Say) -> Tenant:
    tenant = create_tenant(**facts)
    at = dt.datetime.combine(today, dt.time(0), tenant.zone)
    with tenant_scope(tenant.pk):
        prefix = "AUR" if tenant.slug == "aurora" else "KES"
        masters: Masters = make_masters(scale, prefix, tenant.currency, today)
        # one of those whose first claim is credited
        people = make_people(tenant.slug, dock=masters.site.party, partner=masters.sell_tos[2])
        make_terms(masters)
        say(
            f"{tenant.name}: {len(masters.sell_tos)} sell-tos, {len(masters.end_buyers)} end buyers, "
            f"{len(masters.products)} products"
        )
        if scale.name == "small":
            make_agreements(scale, today, at)
            # the story ends the evening before: what is recorded later is real, and the snapshot must not pass it
            yesterday = today - dt.timedelta(days=1)
            count = tell_story(masters, people, tenant, seed_number, yesterday)
            arrived = catch_up_sell_in(at=at).arrived
            sold = tell_channel(masters.sell_tos, people, today, at)
            run = run_nightly(night=yesterday, at=at)
            settle_deliveries(night=yesterday, at=at)
            subscribe(people[Role.MANAGER], yesterday.weekday(), at)
            say(f"{tenant.name}: {count} orders, {run.ledger_rows} ledger rows")
            say(f"{tenant.name}: {arrived} cost layers, {sold} lines sold on by distributors")
    return tenant


def subscribe(manager: Member, weekday: int, at: dt.datetime) -> None:
    """The figures every week to the manager; on the weekday of yesterday, so that the first mail is six days away."""
    wanted = Wanted(
        name="Figures of the week",
        member=manager,
        email="",
        party=None,
        cadence=Cadence.WEEKLY,
        weekday=weekday,
        hour=6,
        span=SpanKind.PERIOD,
        has_pdf=True,
        has_xlsx=True,
    )
    subscribe_report(wanted=wanted, by=manager, at=at)
