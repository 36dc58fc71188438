import datetime as dt
import os
import time
from argparse import BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from deploy.environment import uses_embedded_servers
from deploy.paths import VAR
from oms.bench import database, disk, report
from oms.bench.bench import TENANT, Bench
from oms.bench.measures import MEASURES
from oms.bench.result import Result
from oms.demo.scale import SCALES
from tenancy.directory import tenant_by_slug
from tenancy.models import Tenant
from tenancy.scope import tenant_scope

ASKED = "OMS_BENCH"


class Command(BaseCommand):
    help = (
        "Measure what must be fast, each beside the simplest SQL for the same rows, in a database of its own that is "
        "kept for the next run. Prints a table and writes var/bench.json."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", choices=sorted(SCALES), default=os.environ.get("BENCH_SCALE", "large"))
        parser.add_argument("--only", nargs="+", choices=list(MEASURES), default=list(MEASURES), metavar="NAME")
        parser.add_argument("--times", type=int, default=20, help="repetitions of a short measure")
        parser.add_argument("--output", type=Path, default=VAR / "bench.json")
        parser.add_argument("--fresh", action=BooleanOptionalAction, default=False, help="make the database anew")
        parser.add_argument("--strict", action="store_true", help="exit 1 when a target is missed")

    def handle(self, *args: Any, **options: Any) -> None:
        self.began = time.monotonic()
        world = self.world(options["scale"], fresh=options["fresh"])
        with database.pointed_at(world.name):
            results = self.measured(world, options["only"], options["times"])
        report.write(results, options["output"])
        self.stdout.write(report.table(results))
        self.stdout.write(f"Written to {options['output']}.")
        missed = [result.name for result in results if not result.is_met]
        if missed and options["strict"]:
            raise CommandError(f"Missed: {', '.join(missed)}.")

    def world(self, scale: str, *, fresh: bool) -> database.World:
        if not uses_embedded_servers() and os.environ.get(ASKED) != "1":
            raise CommandError(
                f"The servers are given ones. Measuring makes a database of its own there, {database.name_of(scale)}, "
                f"and keeps it busy for minutes: set {ASKED}=1 if that is what you want."
            )
        if fresh or not database.is_prepared(scale):
            try:
                self.say(f"Making the database {database.name_of(scale)}. {disk.ask_for_room(scale)}")
            except disk.DiskTooSmall as error:
                raise CommandError(str(error)) from error
        return database.prepared(scale, dt.datetime.now(dt.UTC).date(), fresh=fresh, say=self.say)

    def measured(self, world: database.World, names: list[str], times: int) -> list[Result]:
        tenant_id = tenant_by_slug(TENANT).id
        with tenant_scope(tenant_id):
            tenant = Tenant.objects.get(pk=tenant_id)
        bench = Bench(world, tenant, times, self.say)
        results = []
        for name in names:
            self.say(f"{name} …")
            results += MEASURES[name](bench)
        return results

    def say(self, text: str) -> None:
        self.stderr.write(f"{time.monotonic() - self.began:6.0f} s  {text}")
