"""What the liability page shows of one currency, each figure with the address of its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from channel_inventory.choices import LiabilityKind
from channel_inventory.reports.rebate_liability import Member, Section
from channel_inventory.reports.rebate_liability.figures import summed
from channel_inventory.reports.rebate_liability.section import AgreementPart, PartnerPart
from metrics.drill import EVERYTHING, Only
from metrics.figures_page.cells import Cell, Purse, share
from metrics.liability_page.drill import LiabilityDrill, all_agreements_but, only_named
from metrics.liability_page.movements import moved_rows
from metrics.liability_page.parts import CreditRow, Row, Tile, View, linked
from metrics.liability_page.rows import AGE_CHOICES
from ui import charts
from ui.charts.scale import unit_for
from ui.figures import signed
from values.money import to_minor

SHOWN_PARTNERS, SHOWN_AGREEMENTS, SHOWN_MEMBERS, SHOWN_CREDITS = 30, 5, 10, 8
# so many partners are shown with their agreements; of more, one at a time
UNFOLDED = 8


class LiabilityPage:
    """Tiles, roll-forward, ages and tables of a section. `href` is the address of this page with its filters."""

    def __init__(self, section: Section, drill: LiabilityDrill, href: str, *, sees_cost: bool):
        self.section, self.drill, self.href, self.sees_cost = section, drill, href, sees_cost
        self.currency, self.purse = section.currency, Purse(section.currency)
        self.places = self.purse.places
        self.tiles = list(self.make_tiles())
        self.movements = list(moved_rows(section, drill, self.purse))
        self.ages, self.unit = self.make_ages(), unit_for(map(self.purse.amount, section.figures.ages)).name
        self.age_rows = [(label, self.cell(minor, drill.age(age))) for age, label, minor in self.aged()]
        self.partner_rows = list(self.make_partner_rows())
        self.left_out = max(len(section.partners) - SHOWN_PARTNERS, 0)
        self.total = self.row("All partners", "", section.total, EVERYTHING)
        self.views = list(self.make_views())
        self.credits = list(self.make_credits())
        self.exposure = [
            (each.partner.name, self.cell(each.amount, drill.held(each.partner.code))) for each in section.exposure
        ]
        self.exposed = self.purse.amount(section.exposed)

    def cell(self, minor: int, href: str) -> Cell:
        return linked(self.purse, minor, href)

    def make_tiles(self) -> Iterator[Tile]:
        section, drill = self.section, self.drill
        figures, open_ = section.figures, section.total.open
        change = signed(self.purse.amount(figures.balance - figures.opening), self.places)
        since = f"{change} since {drill.first:%d %b}, less what is recoverable"
        yield Tile("Open liability", self.cell(open_, drill.open()), since)
        yield Tile("Estimated", self.cell(figures.estimated, drill.estimated()), "validated claims that wait")
        yield Tile("Claimed", self.cell(figures.claimed, drill.claimed()), "approved, credit memo due")
        yield Tile("Recoverable", self.owed_back(section.total, EVERYTHING), "partners owe it; netted against nobody")
        settled = self.cell(-figures.settled, drill.settled())
        yield Tile("Settled", settled, "by credit memos, ever to the day")

    def owed_back(self, member: Member, only: Only) -> Cell:
        return self.cell(member.recoverable, self.drill.recoverable(only))

    def aged(self) -> list[tuple[str, str, int]]:
        figures = self.section.figures
        return [(age, label, minor) for (age, label), minor in zip(AGE_CHOICES, figures.ages, strict=True)]

    def make_ages(self) -> SafeString:
        whole = self.section.figures.claimed
        rows = []
        for age, label, minor in self.aged():
            part = share(minor, whole)
            note = f"{part} %" if part else ""
            css, href = "late" if age == "over" else "c1", self.drill.age(age) if minor else ""
            rows.append(charts.Row(label, self.purse.amount(minor), css, note, href))
        return charts.rows("Claimed, by age", rows, currency=self.currency, name="ages")

    def make_partner_rows(self) -> Iterator[Row]:
        parts = self.section.partners
        for part in parts[:SHOWN_PARTNERS]:
            only = only_named("partner", part.partner.name.code)
            href = self.page_of(only)
            yield self.row(part.partner.name.name, "", part.partner, only, href=href, css="band")
            if len(parts) <= UNFOLDED:
                yield from self.make_agreement_rows(part, only)

    def make_agreement_rows(self, part: PartnerPart, only: Only) -> Iterator[Row]:
        shown, rest = part.agreements[:SHOWN_AGREEMENTS], part.agreements[SHOWN_AGREEMENTS:]
        for each in shown:
            number = each.agreement.name.code
            narrowed = {**only, "agreement": number or "-", "kind": each.kind}
            yield self.row(number or "No agreement", note_of(each), each.agreement, narrowed, css="child")
        if rest:
            member = rest_of(rest)
            narrowed = {**only, **all_agreements_but(each.agreement.name.code for each in shown)}
            yield self.row(f"Other agreements, {len(rest)}", "", member, narrowed, css="child")

    def make_views(self) -> Iterator[View]:
        section = self.section
        for name, heading, members in (
            ("end_buyer", "End buyer", section.end_buyers),
            ("agreement", "Agreement", section.agreements),
            ("product", "Product", section.products),
        ):
            rows = [self.member_row(name, each) for each in members[:SHOWN_MEMBERS]]
            total = self.row(f"All {len(members):,}", "", section.total, EVERYTHING)
            yield View(name, heading, rows, total, max(len(members) - SHOWN_MEMBERS, 0))

    def member_row(self, name: str, member: Member) -> Row:
        only = only_named(name, member.name.code)
        if name == "end_buyer":
            label, note = member.name.name or "No end buyer", ""
        else:
            label, note = member.name.code or f"No {name}", member.name.name
        href = self.page_of({name: member.name.code}) if member.name.code else ""
        return self.row(label, note, member, only, href=href)

    def row(self, label: str, note: str, member: Member, only: Only, *, href: str = "", css: str = "") -> Row:
        figures, drill = member.figures, self.drill
        ages = zip(AGE_CHOICES, figures.ages, strict=True)
        return Row(
            label,
            note,
            href,
            self.cell(member.open, drill.open(only)),
            self.owed_back(member, only),
            self.cell(figures.estimated, drill.estimated(only)),
            self.cell(figures.claimed, drill.claimed(only)),
            [self.cell(minor, drill.age(age, only)) for (age, _), minor in ages],
            self.cell(-figures.settled, drill.settled(only)),
            css,
        )

    def make_credits(self) -> Iterator[CreditRow]:
        for credit in reversed(self.section.credits[-SHOWN_CREDITS:]):
            row = credit.row
            cell = self.cell(-row.settled, self.drill.credit(row.number))
            yield CreditRow(row.credit_id, row.number, row.credit_date, credit.partner.name, row.entries, cell)

    @property
    def uncertified(self) -> Cell | None:
        found = self.section.uncertified
        return self.cell(to_minor(found.value, self.currency), self.drill.uncertified()) if found else None

    def page_of(self, only: Only) -> str:
        """This page, narrowed further. A party is named with its branches, as everywhere in filters."""
        narrowed = {name: code.removeprefix("=") for name, code in only.items()}
        return f"{self.href}&{urlencode(narrowed)}"


def note_of(part: AgreementPart) -> str:
    """For whom it is; of what kind, where there is more than ship and debit to tell apart."""
    return part.end_buyer.name if part.kind == LiabilityKind.SHIP_AND_DEBIT else str(LiabilityKind(part.kind).label)


def rest_of(parts: Sequence[AgreementPart]) -> Member:
    members = [each.agreement for each in parts]
    return Member(
        members[0].name,
        summed(astuple(each.figures) for each in members),
        sum(each.open for each in members),
        sum(each.recoverable for each in members),
    )
