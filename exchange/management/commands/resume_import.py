"""`manage.py resume_import BATCH --tenant SLUG`: a file goes on where it stopped, without a new upload."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exchange.actions.accept_batch import WaitsForDecision, accept_batch
from exchange.actions.check_batch import BatchClosed, check_batch
from exchange.batches.missing import missing_things
from exchange.batches.report import exit_code, in_words, report_of
from exchange.models import ImportBatch
from tenancy.directory import UnknownTenant, tenant_by_slug
from tenancy.scope import tenant_scope


class Command(BaseCommand):
    help = "Check the open rows of a file that came in before, and take what is good now. Exits as import_file does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("batch", help="Number of the batch, or “last”")
        parser.add_argument("--tenant", required=True, metavar="SLUG")
        parser.add_argument("--missing", action="store_true", help="Only list what is unknown, as JSON")
        parser.add_argument("--accept-warnings", action="store_true")
        parser.add_argument("--json", action="store_true", help="One JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tenant = tenant_by_slug(options["tenant"])
            with tenant_scope(tenant.id):
                batch = found(options["batch"])
                if options["missing"]:
                    self.stdout.write(json.dumps(listed(batch), ensure_ascii=False))
                    return
                batch = self.go_on(batch, accept_warnings=options["accept_warnings"])
                report = report_of(batch, file=batch.file_name, error_file=None)
        except (UnknownTenant, BatchClosed) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else in_words(batch, report))
        if code := exit_code(batch):
            sys.exit(code)

    def go_on(self, batch: ImportBatch, *, accept_warnings: bool) -> ImportBatch:
        at = timezone.now()
        try:
            return accept_batch(batch_id=batch.pk, accept_warnings=accept_warnings, by=None, at=at)
        except WaitsForDecision:
            return check_batch(batch_id=batch.pk, by=None, at=at)


def found(wanted: str) -> ImportBatch:
    batches = ImportBatch.objects.order_by("-pk")
    if wanted != "last":
        batches = batches.filter(pk=int(wanted)) if wanted.isascii() and wanted.isdigit() else batches.none()
    batch = batches.first()
    if batch is None:
        raise CommandError(f"There is no batch “{wanted}”.")
    return batch


def listed(batch: ImportBatch) -> list[dict[str, Any]]:
    return [
        {"what": thing.what, "text": thing.text, "column": thing.column, "rows": thing.rows}
        for thing in missing_things(batch)
    ]
