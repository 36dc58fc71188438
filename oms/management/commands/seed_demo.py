import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from oms.demo.scale import SCALES
from oms.demo.seed import TENANTS, seed
from tenancy.directory import slug_taken


class Command(BaseCommand):
    help = "Load the demo: two tenants with their people, master data and orders. The same seed gives the same world."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", choices=sorted(SCALES), default="small")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--today", type=dt.date.fromisoformat, help="last day of the story; default: today")

    def handle(self, *args: Any, **options: Any) -> None:
        taken = [str(facts["slug"]) for facts in TENANTS if slug_taken(str(facts["slug"]))]
        if taken:
            raise CommandError(
                f"The demo is here already: {', '.join(taken)}. It is only loaded into an empty database."
            )
        connections["default"].ensure_connection()
        today = options["today"] or dt.datetime.now(dt.UTC).date()
        seed(options["scale"], options["seed"], today, self.stdout.write)
