"""A long report as PDF, made as a worker makes it: read, drawn, stored.

There is no simpler way to the same pages, so the limit is the patience of somebody who waits for the file. The job
itself is done once before, to see that it tells how far it is; it prints fewer keys than are drawn here.
"""

import datetime as dt
import re
import zlib
from collections.abc import Iterator
from functools import partial
from statistics import median
from uuid import uuid4

from django.db import transaction

from channel_inventory.reports.rebate_liability.as_pdf import as_pdf
from jobs.files import open_file, path_of, store_file
from jobs.handle import JobHandle
from jobs.kinds import handler_for
from jobs.models import GeneratedFile
from metrics.actions.request_report import request_report
from metrics.asked import Asked
from metrics.catalogue import CONTENT_TYPES, Form, liability_form
from oms.bench import liability
from oms.bench.bench import Bench
from oms.bench.clock import seconds
from oms.bench.result import Result, at_most
from tenancy.choices import Role
from tenancy.models import Member
from tenancy.scope import tenant_scope

REPORT = "rebate_liability"
PDF = "pdf"
PATIENCE = 10.0
DAYS = 365
PAGES = 40
# how many pages these fill depends on how many partners, agreements and products the world has
PRODUCTS = 350
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
PAGE = re.compile(rb"/Type\s*/Page\b")


class NotShown(RuntimeError):
    """The job was done without a word of how far it is."""


def measure(bench: Bench) -> list[Result]:
    liability.fill(bench)
    with tenant_scope(bench.tenant.pk):
        told = words_of_job(bench)
        _, pages = draw(printing(PRODUCTS), bench)
        wanted = printing(max(1, PRODUCTS * PAGES // pages))
        drawn = [draw(wanted, bench) for _ in range(bench.fewer(7))]
    if not told:
        raise NotShown(f"{REPORT} told no progress.")
    note = f"{REPORT}, {drawn[-1][1]} pages, progress told {len(told)} times by the job; limit: {PATIENCE:g} s"
    return [Result("pdf", median(taken for taken, _ in drawn), "s", PATIENCE, at_most(1), note)]


def printing(products: int) -> Form:
    return liability_form(partial(as_pdf, products=products))


def draw(form: Form, bench: Bench) -> tuple[float, int]:
    """Seconds and pages. Nothing of it stays."""
    files: list[GeneratedFile] = []

    def work() -> None:
        content = form(bench.tenant, asked(bench), evening(bench))
        name, kind = f"{REPORT}.{PDF}", CONTENT_TYPES[PDF]
        files.append(store_file(content, kind=REPORT, name=name, content_type=kind, right="reports.view"))

    with transaction.atomic():
        taken = seconds(work)
        with open_file(files[0]) as content:
            pages = page_count(content.read())
        path_of(files[0]).unlink()
        transaction.set_rollback(True)
    return taken, pages


def words_of_job(bench: Bench) -> list[str]:
    """What the job of an ordinary printing says while it works. It also loads the engine that draws."""
    told: list[str] = []
    at = evening(bench)
    with transaction.atomic():
        by = Member.objects.get(role=Role.SALES_OPS)
        job = request_report(name=REPORT, ending=PDF, asked=asked(bench), click=str(uuid4()), by=by, at=at)
        handle = JobHandle(
            id=job.pk, tenant_id=bench.tenant.pk, kind=job.kind, payload=job.payload, requested_by_id=by.pk,
            party_id=None, attempt=1, max_attempts=1, at=at, report=lambda done, total, note: told.append(note),
        )  # fmt: skip
        result = handler_for(job.kind)(handle)
        path_of(GeneratedFile.objects.get(pk=result["file_id"])).unlink()
        transaction.set_rollback(True)
    return told


def asked(bench: Bench) -> Asked:
    """Over a whole year, so that much can stand in it."""
    return Asked(as_of=bench.world.today, first=bench.world.today - dt.timedelta(days=DAYS - 1))


def evening(bench: Bench) -> dt.datetime:
    return dt.datetime.combine(bench.world.today, dt.time(20), dt.UTC)


def page_count(pdf: bytes) -> int:
    """What describes the pages may stand packed in streams."""
    return sum(len(PAGE.findall(part)) for part in (STREAM.sub(b"", pdf), *unpacked(pdf)))


def unpacked(pdf: bytes) -> Iterator[bytes]:
    for found in STREAM.finditer(pdf):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            continue
