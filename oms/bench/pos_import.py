"""A POS report with known end buyers from its bytes into the ledgers, against a plain COPY of the same file.

The whole is `pos_import`; its stages are listed beside it, each against the same COPY. That goes into an ordinary
table without indexes, so that both leave a file that a crash cannot take: what an import keeps has to be logged. The
partner holds what it sells, and about a third of the rows earn a claim: `pos_world` gives it stock and agreements
first. The report is rolled back. How long its rows alone take to write is told beside the whole: `written_rows`.
"""

import csv
import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connections, transaction

from catalog.models import Product
from channel_inventory.models import ClaimLine
from exchange.actions.accept_batch import accept_batch
from exchange.actions.receive_file import receive_file
from exchange.actions.stage_batch import stage_batch
from exchange.batches.storage import StoredRow
from exchange.models import ImportBatch
from oms.bench.bench import Bench
from oms.bench.clock import seconds
from oms.bench.pos_world import PARTS, agree, fill_stock
from oms.bench.result import Result, at_most
from oms.bench.written_rows import copied_tables, written_again
from orders.models import Order
from parties.choices import PartyRole
from parties.models import Party, PartyRoleFact
from tenancy.scope import check_deferred_constraints, tenant_scope

# a row for each order of the world
FEWEST, MOST, LINES_AN_INVOICE, DAYS = 1_000, 500_000, 10, 60
# every third pair of end buyer and part earns claims
CLAIMED = 3
TARGET, PART = 20, 10
# the step with which each stage of taking begins, as it is told to whoever watches, and what the stage is
STAGES = {
    "Checking": ("judged", "cells read, what they name looked up, compared with what is in"),
    "Certifying end buyers": ("written", "end buyers certified, lines written"),
    "Posting stock": ("stock", "stock ledger, layers and positions"),
    "Valuing claims": ("claims", "claims and the liability ledger"),
    "Keeping what became of the rows": ("kept", "rows as received with their outcomes, deferred constraints"),
}
HEAD = "invoice_number,invoice_line,invoice_date,sku,quantity,resale_price,currency,end_buyer_name"
TEXTS = ", ".join(f"{name} text" for name in HEAD.split(","))


class NotTaken(RuntimeError):
    """A row was refused, or earned no claim: less work would be compared with all."""


@dataclass(slots=True)
class Report:
    """A file of so many rows, and the batch it becomes."""

    partner: Party
    content: bytes
    rows: int
    at: dt.datetime
    batch: ImportBatch = field(init=False)
    read: list[StoredRow] | None = None
    began: dict[str, float] = field(default_factory=dict)

    def stage(self) -> None:
        self.batch = receive_file(
            kind="pos", name="bench.csv", content=self.content, party_id=self.partner.pk, by=None, at=self.at
        )
        self.read = stage_batch(batch=self.batch)

    def take(self) -> None:
        taken = accept_batch(
            batch_id=self.batch.pk,
            fresh=self.read,
            accept_warnings=True,
            by=None,
            at=self.at,
            progress=self.note_time,
        )
        check_deferred_constraints()
        if taken.accepted_count != self.rows:
            raise NotTaken(f"{taken.accepted_count:,} of {self.rows:,} rows were taken: {taken.message}")

    def note_time(self, done: int, total: int | None, note: str) -> None:
        self.began.setdefault(note, time.perf_counter())

    def stages(self, ended: float) -> Iterator[tuple[str, float, str]]:
        """Name, seconds and description of the stages of taking."""
        starts = [self.began[step] for step in STAGES]
        for (name, what), start, end in zip(STAGES.values(), starts, [*starts[1:], ended], strict=True):
            yield name, end - start, what


def measure(bench: Bench) -> list[Result]:
    at = dt.datetime.combine(bench.world.today, dt.time(20), dt.UTC)
    with copied_tables(), tenant_scope(bench.tenant.pk), transaction.atomic():
        rows = min(MOST, max(FEWEST, Order.objects.count()))
        partner = make_partner()
        told = list(lines(rows, bench.world.today))
        report = Report(partner, "\n".join(told).encode(), rows, at)
        fill_stock(partner, rows, at)
        agree(partner, sorted({(cells[7], cells[3]) for cells in csv.reader(told[1 : rows + 1])})[::CLAIMED], at)
        limit = min(copied(report.content) for _ in range(3))
        staged, taken = seconds(report.stage), seconds(report.take)
        stages = list(report.stages(time.perf_counter()))
        claims, alone = claimed(report), written_again(report.batch)
        transaction.set_rollback(True)
    note = f"{rows:,} rows, {claims:,} claims; limit: plain COPY of the same file into a logged table; {alone}"
    return [
        Result("pos_import", staged + taken, "s", limit, at_most(TARGET), note),
        Result("pos_import_staged", staged, "s", limit, at_most(PART), "kept, and read into rows"),
        Result("pos_import_taken", taken, "s", limit, at_most(PART), "checked, and written to lines and ledgers"),
        *(Result(f"pos_import_{name}", value, "s", limit, at_most(PART), what) for name, value, what in stages),
    ]


def make_partner() -> Party:
    """One who sells to us already, and has not reported yet."""
    partner = Party.objects.filter(role_facts__role=PartyRole.SELL_TO).order_by("pk")[0]
    PartyRoleFact.objects.get_or_create(party=partner, role=PartyRole.PARTNER)
    return partner


def lines(rows: int, today: dt.date) -> Iterator[str]:
    skus = list(Product.objects.order_by("pk").values_list("sku", flat=True)[:PARTS])
    named = Party.objects.filter(role_facts__role=PartyRole.END_BUYER).exclude(name__contains=",")
    buyers = list(named.order_by("pk").values_list("name", flat=True)[:5_000])
    yield HEAD
    for at in range(rows):
        invoice, line = divmod(at, LINES_AN_INVOICE)
        day = today - dt.timedelta(days=invoice % DAYS)
        yield (
            f"B-{invoice},{line + 1},{day},{skus[at % len(skus)]},{at % 97 + 1},{at % 89 + 1}.25,USD,"
            f"{buyers[invoice % len(buyers)]}"
        )
    yield ""


def claimed(report: Report) -> int:
    """How many rows earned a claim: most of those that were meant to, or something else was measured.

    Not all: other agreements of the world may go before, and some of their prices are no lower than the cost.
    """
    claims = ClaimLine.objects.filter(claim__batch=report.batch, amount__gt=0).count()
    if claims < report.rows / CLAIMED / 2:
        raise NotTaken(f"{claims:,} of {report.rows:,} rows earned a claim")
    return claims


def copied(content: bytes) -> float:
    """Seconds of the COPY, its commit included. The table is made before: in the same transaction it need not be
    logged.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_pos")
        cursor.execute(f"CREATE TABLE bench_pos ({TEXTS})")
        taken = seconds(lambda: copy(content))
        cursor.execute("DROP TABLE bench_pos")
    return taken


def copy(content: bytes) -> None:
    with (
        transaction.atomic(using="owner"),
        connections["owner"].cursor() as cursor,
        cursor.copy("COPY bench_pos FROM STDIN (FORMAT csv, HEADER)") as target,
    ):
        target.write(content)
