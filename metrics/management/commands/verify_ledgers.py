import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metrics.management.tenants import tenant_called
from metrics.verification import Outcome, verify_tenant
from tenancy.directory import active_tenants
from tenancy.scope import tenant_scope


class Command(BaseCommand):
    help = "Check in the database that ledgers, documents and snapshots foot. Exit 1 when an amount does not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", metavar="SLUG", help="all tenants by default")
        parser.add_argument("--json", action="store_true", help="one object instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        tenants = [tenant_called(options["tenant"])] if options["tenant"] else active_tenants()
        found = {}
        for tenant in tenants:
            with tenant_scope(tenant.id):
                found[tenant.slug] = verify_tenant()
        failed = sum(not outcome.ok for outcomes in found.values() for outcome in outcomes)
        self.stdout.write(as_json(found) if options["json"] else as_lines(found))
        if failed:
            raise CommandError(f"{failed} checks failed.")


def as_json(found: dict[str, list[Outcome]]) -> str:
    tenants = [
        {
            "tenant": slug,
            "ok": all(outcome.ok for outcome in outcomes),
            "checks": [
                {
                    "name": outcome.name,
                    "ok": outcome.ok,
                    "count": outcome.count,
                    "difference": outcome.difference,
                    "seconds": round(outcome.seconds, 3),
                    "rows": [asdict(row) for row in outcome.rows],
                }
                for outcome in outcomes
            ],
        }
        for slug, outcomes in found.items()
    ]
    return json.dumps({"ok": all(tenant["ok"] for tenant in tenants), "tenants": tenants}, indent=1)


def as_lines(found: dict[str, list[Outcome]]) -> str:
    lines = []
    for slug, outcomes in found.items():
        for outcome in outcomes:
            state = "foots" if outcome.ok else f"{outcome.count} differ, by {outcome.difference} in all"
            lines.append(f"{slug}  {outcome.name.replace('_', ' '):<20} {outcome.seconds:>7.1f} s  {state}")
            lines += [
                f"    {row.table} {row.id or ''} ({row.name}) {row.what}: expected {row.expected}, found {row.found}"
                for row in outcome.rows
            ]
    return "\n".join(lines)
