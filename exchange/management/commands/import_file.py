"""`manage.py import_file KIND FILE --tenant SLUG`: the same way in as the upload page, without waiting for a worker."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exchange.actions.import_file import import_file
from exchange.actions.receive_file import FileTooLarge
from exchange.batches.refused import refused_file
from exchange.batches.report import exit_code, in_words, report_of
from exchange.errors import UnknownKind
from exchange.kinds import kinds
from exchange.models import ImportBatch
from exchange.partners import UnknownPartner, partner_named
from jobs.files import path_of
from tenancy.directory import UnknownTenant, tenant_by_slug
from tenancy.scope import tenant_scope


class Command(BaseCommand):
    help = (
        "Import a CSV, XLSX or (orders) X12 file. Exit 0: every row was taken or unchanged; 2: some rows were rejected "
        "or wait for an accept, the good ones are in; 1: nothing could be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", help=", ".join(kinds()))
        parser.add_argument("file", type=Path)
        parser.add_argument("--tenant", required=True, metavar="SLUG")
        parser.add_argument("--partner", default="", metavar="CODE", help="Whose file it is: its remembered headings")
        parser.add_argument("--dry-run", action="store_true", help="Check and report, write no row")
        parser.add_argument("--accept-warnings", action="store_true")
        parser.add_argument("--error-file", type=Path, metavar="F", help="Default: beside the file, NAME.errors.csv")
        parser.add_argument("--json", action="store_true", help="One JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            content = path.read_bytes()
            tenant = tenant_by_slug(options["tenant"])
            with tenant_scope(tenant.id):
                batch = self.take(path, content, options)
                kept = self.keep_errors(batch, path, options["error_file"])
                report = report_of(batch, file=str(path), error_file=kept)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except (UnknownTenant, UnknownKind, UnknownPartner, FileTooLarge) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else in_words(batch, report))
        if code := exit_code(batch):
            sys.exit(code)

    def take(self, path: Path, content: bytes, options: dict[str, Any]) -> ImportBatch:
        return import_file(
            kind=options["kind"],
            name=path.name,
            content=content,
            party_id=partner_named(options["partner"]) if options["partner"] else None,
            partner_code=options["partner"],
            accept_warnings=options["accept_warnings"],
            is_dry_run=options["dry_run"],
            by=None,
            at=timezone.now(),
        )

    def keep_errors(self, batch: ImportBatch, path: Path, wanted: Path | None) -> str | None:
        """Put the error file where it was asked for, or beside the source; else it stays where files are kept.

        A dry run leaves one where it was asked for, and nowhere else.
        """
        if batch.error_file is None:
            return self.write_errors(batch, wanted) if wanted and batch.rejected_count else None
        stored = path_of(batch.error_file)
        target = wanted or path.with_name(batch.error_file.name)
        try:
            shutil.copyfile(stored, target)
        except OSError as error:
            if wanted:
                raise unwritable(wanted, error) from error
            return str(stored)
        return str(target)

    def write_errors(self, batch: ImportBatch, target: Path) -> str:
        try:
            target.write_bytes(refused_file(batch)[0])
        except OSError as error:
            raise unwritable(target, error) from error
        return str(target)


def unwritable(path: Path, error: OSError) -> CommandError:
    return CommandError(f"{path} cannot be written: {error.strerror}.")
