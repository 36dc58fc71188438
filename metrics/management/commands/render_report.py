from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from catalog.models import Product
from metrics.asked import Asked
from metrics.catalogue import CATALOGUE, FAILURES, REFUSALS, UnknownReport, report_called
from metrics.management.arguments import day
from metrics.management.tenants import BAD_INPUT, tenant_called
from metrics.reports.question import BadQuestion
from parties.models import Location, Party
from tenancy.models import Tenant
from tenancy.scope import tenant_scope


class Command(BaseCommand):
    help = f"Write a report as PDF, XLSX or JSON, by the ending of the file. Reports: {', '.join(CATALOGUE)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--tenant", required=True, metavar="SLUG")
        parser.add_argument("--from", dest="first", type=day, metavar="D", help="start of the fiscal period by default")
        parser.add_argument("--as-of", required=True, type=day, metavar="D")
        parser.add_argument("--output", required=True, type=Path, metavar="F")
        parser.add_argument("--sell-to", metavar="CODE", help="with its branches")
        parser.add_argument("--partner", metavar="CODE", help="of the liability: with its branches")
        parser.add_argument("--end-buyer", metavar="CODE", help="with its branches")
        parser.add_argument("--product", metavar="SKU")
        parser.add_argument("--site", metavar="PARTY/CODE", help="place of shipping, of delivery_performance")
        parser.add_argument("--agreement", default="", metavar="N", help="of the liability: every revision of it")
        parser.add_argument("--known-on", type=day, metavar="D", help="of the liability: as known that evening")
        parser.add_argument("--source", choices=("snapshot", "ledger"), default="snapshot")

    def handle(self, *args: Any, **options: Any) -> None:
        at, output = timezone.now(), options["output"]
        entry = tenant_called(options["tenant"])
        try:
            write = report_called(options["name"]).form(output.suffix.removeprefix(".").lower())
            with tenant_scope(entry.id):
                content = write(Tenant.objects.get(pk=entry.id), asked_for(options), at)
        except (UnknownReport, *REFUSALS) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except FAILURES as error:
            raise CommandError(str(error)) from error
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.", returncode=BAD_INPUT) from error
        self.stdout.write(f"{output}: {len(content):,} bytes")


def asked_for(options: dict[str, Any]) -> Asked:
    return Asked(
        as_of=options["as_of"],
        first=options["first"],
        sell_to_id=party_coded(options["sell_to"], "sell-to"),
        partner_id=party_coded(options["partner"], "partner"),
        end_buyer_id=party_coded(options["end_buyer"], "end buyer"),
        product_id=product_coded(options["product"]),
        agreement=options["agreement"],
        known_on=options["known_on"],
        source=options["source"],
        site_id=site_coded(options["site"]),
    )


def party_coded(code: str | None, role: str) -> int | None:
    if code is None:
        return None
    found = Party.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise BadQuestion(f"There is no {role} “{code}”.")
    return found


def site_coded(name: str | None) -> int | None:
    if name is None:
        return None
    party, _, code = name.partition("/")
    found = Location.objects.filter(party__code=party, code=code).values_list("pk", flat=True).first()
    if found is None:
        raise BadQuestion(f"There is no site “{name}”.")
    return found


def product_coded(sku: str | None) -> int | None:
    if sku is None:
        return None
    found = Product.objects.filter(sku=sku).values_list("pk", flat=True).first()
    if found is None:
        raise BadQuestion(f"There is no product “{sku}”.")
    return found
