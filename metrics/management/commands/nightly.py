from argparse import ArgumentParser
from datetime import date, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from metrics.actions.rebuild_snapshots import rebuild_snapshots
from metrics.actions.run_nightly import run_nightly
from metrics.actions.settle_deliveries import settle_deliveries
from metrics.management.arguments import day
from metrics.management.tenants import BAD_INPUT, tenant_called
from metrics.models import DeliveryRun, SnapshotRun
from pricing.actions.expire_agreements import expire_agreements
from tenancy.directory import TenantEntry
from tenancy.scope import tenant_scope


class Command(BaseCommand):
    help = "Bring a tenant's snapshots of bookings, billings, backlog and deliveries up to now and reconcile them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", required=True, metavar="SLUG")
        parser.add_argument("--date", type=day, metavar="D", help="business day to close (the tenant's yesterday)")
        parser.add_argument("--rebuild", action="store_true", help="make every day anew, not only those with news")
        parser.add_argument("--workers", type=int, default=1, metavar="N", help="parallel sessions of a rebuild")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        tenant = tenant_called(options["tenant"])
        night = night_of(tenant, options["date"], at)
        if options["rebuild"]:
            run = rebuild_snapshots(tenant_id=tenant.id, night=night, at=at, workers=max(1, options["workers"]))
            with tenant_scope(tenant.id):
                settled = settle_deliveries(night=night, at=at, is_rebuild=True)
        else:
            with tenant_scope(tenant.id):
                expire_agreements(on=night + timedelta(days=1))
                run = run_nightly(night=night, at=at)
                settled = settle_deliveries(night=night, at=at)
        self.stdout.write(told(tenant, run))
        self.stdout.write(told_of_deliveries(settled))
        if not run.is_reconciled:
            raise CommandError(f"The snapshot does not reconcile with the ledger: {run.reconciliation}")


def night_of(tenant: TenantEntry, asked: date | None, at: datetime) -> date:
    today = at.astimezone(tenant.zone).date()
    if asked is None:
        return today - timedelta(days=1)
    # whoever asks may live a few hours ahead of the tenant
    if asked > today + timedelta(days=1):
        raise CommandError(f"{asked} has not come yet at {tenant.slug}: it is {today} there.", returncode=BAD_INPUT)
    return asked


def told(tenant: TenantEntry, run: SnapshotRun) -> str:
    seconds = (run.finished_at - run.started_at).total_seconds() if run.finished_at else 0
    lines = [
        f"{tenant.slug}, night of {run.night}: {len(run.days)} days from {run.ledger_rows:,} ledger rows,"
        f" {run.flow_rows:,} flows, {run.position_rows:,} positions written, {seconds:.2f} s"
    ]
    for currency, amounts in run.reconciliation.items():
        lines.append(
            f"  {currency}: ledger {amounts['ledger']:,}, snapshot {amounts['snapshot']:,} minor units,"
            f" difference {amounts['difference']:,}; in the reporting currency {amounts['reporting_difference']:,}"
        )
    lines.append("  reconciled" if run.is_reconciled else "  NOT RECONCILED")
    return "\n".join(lines)


def told_of_deliveries(run: DeliveryRun) -> str:
    orders = "all orders" if run.orders is None else f"{run.orders:,} orders with news"
    seconds = (run.finished_at - run.started_at).total_seconds()
    return f"  deliveries: {run.schedule_rows:,} schedules of {orders}, {run.settled_rows:,} settled, {seconds:.2f} s"
