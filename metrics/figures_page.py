"""What the figures page shows of one section, spelled out for its template."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from metrics.drill import Drill
from metrics.reports.bookings_billings_backlog import Line, Section
from ui import charts
from values.currencies import minor_digits
from values.money import from_minor

SERIES = (charts.Bar("net bookings", "c1"), charts.Bar("billings", "c2"))
FILL_OF_KIND = {"late": "late", "month": "c1", "later": "c3", "unscheduled": "c4"}


@dataclass(frozen=True)
class Tile:
    label: str
    value: Decimal | None
    places: int
    href: str = ""
    vs: str = ""
    tone: str = ""


@dataclass(frozen=True)
class BridgeRow:
    """`is_sum` rows add up what stands above them."""

    label: str
    amount: Decimal
    rows: int | None = None
    href: str = ""
    is_sum: bool = False


@dataclass(frozen=True)
class KeyRow:
    sell_to: str
    end_buyer: str
    product: str
    net_bookings: Decimal
    billings: Decimal
    book_to_bill: Decimal | None
    opening: Decimal
    closing: Decimal
    net_href: str = ""
    billings_href: str = ""
    closing_href: str = ""


class FiguresPage:
    """Tiles, charts and tables of a section, each figure with the address of its ledger rows."""

    def __init__(self, section: Section, drill: Drill):
        self.section, self.drill = section, drill
        self.currency, self.places = section.currency, minor_digits(section.currency)

    def money(self, minor: int) -> Decimal:
        return from_minor(minor, self.currency)

    @cached_property
    def late(self) -> Decimal:
        late = self.section.due.late
        return self.money(late.reporting_value if self.section.is_converted else late.value)

    @cached_property
    def past_request(self) -> Decimal:
        due = self.section.due
        return self.money(due.past_request_reporting if self.section.is_converted else due.past_request_value)

    def tiles(self) -> list[Tile]:
        figures, drill, section = self.section.figures, self.drill, self.section
        average = section.trend[-1].book_to_bill_3 if section.trend else None
        tiles = [
            Tile(
                "Net bookings",
                self.money(figures.net_bookings),
                self.places,
                drill.net(),
                "gross less decreases, cancels and price",
            ),
            Tile(
                "Gross bookings",
                self.money(figures.gross_bookings),
                self.places,
                drill.gross(),
                "new lines and quantity increases",
            ),
            Tile("Billings", self.money(figures.billings), self.places, drill.billings(), "invoices less credits"),
            Tile(
                "Book-to-bill",
                figures.book_to_bill,
                2,
                "",
                "" if average is None else f"3-period averages {average:.2f}",
            ),
            Tile(
                "Backlog",
                self.money(figures.closing),
                self.places,
                drill.closing(),
                f"opening {self.money(figures.opening):,}",
            ),
            Tile(
                "Late", self.late, self.places, "", "current commit before the as-of date", "bad" if self.late else ""
            ),
        ]
        if section.unbilled is not None:
            tiles.append(
                Tile(
                    "Shipped, not billed",
                    self.money(section.unbilled),
                    self.places,
                    drill.unbilled(),
                    "no part of backlog",
                )
            )
        return tiles

    def trend(self) -> SafeString:
        groups = [
            charts.Group(
                f"{each.period.end:%b}", (self.money(each.net_bookings), self.money(each.billings)), below=below
            )
            for each, below in self._years()
        ]
        return charts.bars("Net bookings and billings", SERIES, groups, currency=self.currency, name="trend")

    def trend_rows(self) -> list[dict[str, Any]]:
        return [
            {
                "period": str(each.period),
                "net": self.money(each.net_bookings),
                "billings": self.money(each.billings),
                "book_to_bill": each.book_to_bill,
                "book_to_bill_3": each.book_to_bill_3,
            }
            for each in self.section.trend
        ]

    def _years(self) -> Iterator[tuple]:
        year = 0
        for each in self.section.trend:
            yield each, str(each.period.year) if each.period.year != year else ""
            year = each.period.year

    def due(self) -> SafeString:
        entries = [
            charts.Row(each.label.split(" (")[0], self.money(value), FILL_OF_KIND[each.kind])
            for each, value in self._bucket_values()
        ]
        return charts.rows("Backlog by current commit", entries, currency=self.currency, name="due")

    def due_rows(self) -> list[tuple[str, int, Decimal]]:
        return [(each.label, each.schedules, self.money(value)) for each, value in self._bucket_values()]

    def _bucket_values(self) -> Iterator[tuple]:
        for each in self.section.due.buckets:
            yield each, each.reporting_value if self.section.is_converted else each.value

    def bridge(self) -> SafeString:
        figures = self.section.figures
        steps = [
            charts.Step(each.label, self.money(each.amount), self.drill.rows((each.verb,)))
            for each in self.section.drivers
        ]
        ends = ("Opening", self.money(figures.opening)), ("Closing", self.money(figures.closing))
        return charts.bridge("Backlog bridge", ends[0], steps, ends[1], name="bridge", width=560, places=self.places)

    def bridge_rows(self) -> Iterator[BridgeRow]:
        figures = self.section.figures
        yield BridgeRow("Opening", self.money(figures.opening), href=self.drill.opening(), is_sum=True)
        for each in self.section.drivers:
            yield BridgeRow(each.label, self.money(each.amount), each.ledger_rows, self.drill.rows((each.verb,)))
        yield BridgeRow("Closing", self.money(figures.closing), href=self.drill.closing(), is_sum=True)

    def keys(self) -> list[KeyRow]:
        return [self._key(line) for line in self.section.lines]

    def _key(self, line: Line) -> KeyRow:
        """In the line's own currency, or in the section's when that is converted."""
        figures, drill = self.section.of(line), None if line.is_rest else self.drill
        return KeyRow(
            sell_to=f"{line.keys:,} more" if line.is_rest else line.sell_to.name,
            end_buyer=line.end_buyer.name,
            product=line.product.code,
            net_bookings=self.money(figures.net_bookings),
            billings=self.money(figures.billings),
            book_to_bill=figures.book_to_bill,
            opening=self.money(figures.opening),
            closing=self.money(figures.closing),
            net_href=drill.net(line) if drill else "",
            billings_href=drill.billings(line) if drill else "",
            closing_href=drill.closing(line) if drill else "",
        )
