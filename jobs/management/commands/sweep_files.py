import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.actions.sweep_files import sweep_files
from tenancy.directory import active_tenants
from tenancy.scope import tenant_scope


class Command(BaseCommand):
    help = "Remove files on disk that no row names, left behind by rolled back work."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hours", type=int, default=24, help="leave younger files alone (default 24)")

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - dt.timedelta(hours=options["hours"])
        removed = 0
        for tenant in active_tenants():
            with tenant_scope(tenant.id):
                removed += sweep_files(before=before)
        self.stdout.write(f"Removed {removed} stray files.")
