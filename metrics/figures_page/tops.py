"""Tables of the largest end buyers, sell-tos and products, and of every key."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from metrics.drill import Drill, Only, all_but, only_line, only_party
from metrics.figures_page.cells import Cell, Purse, ratio_cell, share
from metrics.reports.bookings_billings_backlog import Line, Section
from metrics.reports.bookings_billings_backlog.figures import ratio
from metrics.reports.bookings_billings_backlog.tops import Member, Top
from ui.charts import share_bar

NO_END_BUYER = "No end buyer"


@dataclass(frozen=True)
class TopRow:
    name: str
    href: str
    net: Cell
    part: Decimal | None
    bar: SafeString | str
    billings: Cell
    book_to_bill: Cell
    closing: Cell
    late: Cell


@dataclass(frozen=True)
class TopTable:
    """`rest` stands for those not shown, `total` for all; both are part of the table, so that it foots."""

    dimension: str
    heading: str
    plural: str
    members: int
    rows: list[TopRow]
    total: TopRow

    @property
    def is_cut(self) -> bool:
        return self.members > len(self.rows)


@dataclass(frozen=True)
class KeyRow:
    sell_to: str
    end_buyer: str
    product: str
    net: Cell
    billings: Cell
    book_to_bill: Cell
    opening: Cell
    closing: Cell


def tables(section: Section, drill: Drill, page_href: str) -> list[TopTable]:
    """`page_href` is the address of this page, to which a member adds itself as a filter."""
    return [table_of(top, section, drill, page_href) for top in section.tops if top.rows]


def table_of(top: Top, section: Section, drill: Drill, page_href: str) -> TopTable:
    layout = Layout(top, Purse(section.currency), drill, page_href)
    rows = [layout.rest(row) if row.is_rest else layout.member(row) for row in top.rows]
    total = total_of(top, layout.purse, drill)
    return TopTable(top.dimension, top.heading, f"{top.heading.lower()}s", top.members, rows, total)


@dataclass(frozen=True)
class Layout:
    top: Top
    purse: Purse
    drill: Drill
    page_href: str

    @property
    def whole(self) -> int:
        return sum(row.net_bookings for row in self.top.rows)

    @property
    def most(self) -> int:
        return max((abs(row.net_bookings) for row in self.top.rows if not row.is_rest), default=0)

    def member(self, row: Member) -> TopRow:
        dimension, name = self.top.dimension, row.name
        shown = name.code if dimension == "product" else name.name
        only = {"product": name.code} if dimension == "product" else only_party(dimension, name.code)
        href = f"{self.page_href}&{urlencode({dimension: name.code})}" if name.code else ""
        return self.row(shown or NO_END_BUYER, row, only, href, share_bar(row.net_bookings, self.most))

    def rest(self, row: Member) -> TopRow:
        """All that the rows above leave."""
        shown = [each.name.code for each in self.top.rows if not each.is_rest]
        only = all_but(self.top.dimension, shown)
        return self.row(f"Other {self.top.heading.lower()}s, {row.members:,}", row, only, "", "")

    def row(self, name: str, row: Member, only: Only, href: str, bar: SafeString | str) -> TopRow:
        purse, drill = self.purse, self.drill
        return TopRow(
            name,
            href,
            purse.cell(row.net_bookings, drill.net(only)),
            share(row.net_bookings, self.whole),
            bar,
            purse.cell(row.billings, drill.billings(only)),
            ratio_cell(row.book_to_bill, drill.book_to_bill(only)),
            purse.cell(row.closing, drill.closing(only)),
            purse.cell(row.late, drill.late(only), "bad" if row.late else ""),
        )


def total_of(top: Top, purse: Purse, drill: Drill) -> TopRow:
    net, billed = (sum(getattr(row, name) for row in top.rows) for name in ("net_bookings", "billings"))
    closing, late = (sum(getattr(row, name) for row in top.rows) for name in ("closing", "late"))
    return TopRow(
        f"All {top.heading.lower()}s",
        "",
        purse.cell(net, drill.net()),
        share(net, net),
        "",
        purse.cell(billed, drill.billings()),
        ratio_cell(ratio(net, billed), drill.book_to_bill()),
        purse.cell(closing, drill.closing()),
        purse.cell(late, drill.late()),
    )


def key_rows(section: Section, drill: Drill) -> Iterator[KeyRow]:
    for line in section.lines:
        yield key_row(line, section, drill.of_line(line))


def key_row(line: Line, section: Section, drill: Drill) -> KeyRow:
    """In the line's own currency, or in the section's when that is converted."""
    figures, purse = section.of(line), Purse(section.currency)
    only, to = only_line(line), None if line.is_rest else drill
    return KeyRow(
        sell_to=f"{line.keys:,} more" if line.is_rest else line.sell_to.name,
        end_buyer=line.end_buyer.name,
        product=line.product.code,
        net=purse.cell(figures.net_bookings, to.net(only) if to else ""),
        billings=purse.cell(figures.billings, to.billings(only) if to else ""),
        book_to_bill=ratio_cell(figures.book_to_bill, to.book_to_bill(only) if to else ""),
        opening=purse.cell(figures.opening, to.opening(only) if to else ""),
        closing=purse.cell(figures.closing, to.closing(only) if to else ""),
    )
