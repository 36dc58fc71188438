"""The report as the printed document takes it: a section for each currency, nothing converted."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal

from catalog.models import ProductFamily
from metrics.reports.bookings_billings_backlog.figures import Figures
from metrics.reports.bookings_billings_backlog.moves import Axis
from metrics.reports.bookings_billings_backlog.names import names_of
from metrics.reports.bookings_billings_backlog.question import Question
from metrics.reports.bookings_billings_backlog.report import Report
from metrics.reports.bookings_billings_backlog.section import Line, Section
from metrics.reports.bookings_billings_backlog.tops import Member, Top
from tenancy.models import Tenant
from ui.documents import bookings_billings_backlog as document
from ui.documents.letterhead import Letterhead, day
from values.currencies import minor_digits
from values.money import from_minor


def as_pdf(report: Report, at: dt.datetime) -> bytes:
    return document.render(context(report, at))


def context(report: Report, at: dt.datetime) -> document.Report:
    tenant, question, run = report.tenant, report.question, report.coverage.run
    return document.Report(
        sender=letterhead(tenant),
        period=span(question.first, question.as_of),
        as_of=question.as_of,
        compared=span(report.compared.first, report.compared.last),
        known_on=tenant.today(at),
        zone=tenant.timezone,
        produced_at=at.astimezone(tenant.zone),
        sections=tuple(section_of(each) for each in report.sections),
        scope=scope(question),
        produced_by="" if run is None else f"snapshot run {run.pk} of {day(run.night)} and the ledger rows since",
    )


def letterhead(tenant: Tenant) -> Letterhead:
    return Letterhead(
        tenant.legal_name or tenant.name,
        tuple(tenant.address.splitlines()),
        tenant.tax_number and f"VAT {tenant.tax_number}",
    )


def span(first: dt.date, last: dt.date) -> str:
    """`October 2026` for a whole month, else both days."""
    if (
        first.day == 1
        and (last + dt.timedelta(days=1)).day == 1
        and (first.year, first.month) == (last.year, last.month)
    ):
        return f"{last:%B %Y}"
    return f"{day(first)} – {day(last)}"


def scope(question: Question) -> str:
    names = names_of(
        [each for each in (question.sell_to_id, question.end_buyer_id) if each], [question.product_id or 0]
    )
    parts = [
        f"sell-to {names.party(question.sell_to_id).name}" if question.sell_to_id else "all sell-tos",
        f"end buyer {names.party(question.end_buyer_id).name}" if question.end_buyer_id else "",
        names.product(question.product_id).code,
        f"family {family_name(question.family_id)}" if question.family_id else "",
    ]
    return ", ".join(part for part in parts if part)


def family_name(family_id: int) -> str:
    family = ProductFamily.objects.get(pk=family_id)
    return family.name or family.code


def section_of(section: Section) -> document.CurrencySection:
    currency = section.currency

    def money(minor: int) -> Decimal:
        return from_minor(minor, currency)

    lines = [line for line in section.lines if not line.is_rest]
    rest = next((line for line in section.lines if line.is_rest), None)
    return document.CurrencySection(
        currency=currency,
        places=minor_digits(currency),
        totals=totals_of(section),
        trend=tuple(periods_of(section)),
        due=tuple(document.Due(each.label, money(each.value), each.kind) for each in section.due.buckets),
        drivers=tuple(document.Driver(each.label, money(each.amount), each.ledger_rows) for each in section.drivers),
        slices=tuple(slice_of(line) for line in lines),
        ledger_rows=section.ledger_rows,
        rest=slice_of(rest) if rest else None,
        rest_count=rest.keys if rest else 0,
        axes=tuple(axis_of(axis, money) for axis in section.moves or ()),
        tops=tuple(top_of(top, money) for top in section.tops if top.rows),
        late_before=money(section.late_before),
        before=before_of(section),
    )


def axis_of(axis: Axis, money: Callable[[int], Decimal]) -> document.Axis:
    return document.Axis(
        tuple(
            document.Move(
                label=move.label,
                initiator=move.initiator.label,
                schedules=move.schedules,
                value=money(move.value),
                mean_days=move.mean_days,
                value_days=money(move.value_days),
                out_of_period=money(move.out_of_period if move.is_later else -move.out_of_period),
                out_of_quarter=money(move.out_of_quarter if move.is_later else -move.out_of_quarter),
            )
            for move in axis.moves
        )
    )


def top_of(top: Top, money: Callable[[int], Decimal]) -> document.Top:
    return document.Top(
        top.heading,
        tuple(
            document.Member(
                name=f"The other {row.members:,}" if row.is_rest else member_name(top, row),
                net_bookings=money(row.net_bookings),
                billings=money(row.billings),
                book_to_bill=row.book_to_bill,
                closing=money(row.closing),
                late=money(row.late),
            )
            for row in top.rows
        ),
    )


def member_name(top: Top, row: Member) -> str:
    return (row.name.code if top.dimension == "product" else row.name.name) or "No end buyer"


def before_of(section: Section) -> document.Before | None:
    was = section.before
    if was is None:
        return None
    currency = section.currency
    return document.Before(from_minor(was.net_bookings, currency), from_minor(was.billings, currency), was.book_to_bill)


def totals_of(section: Section) -> document.Totals:
    money = {name: from_minor(amount, section.currency) for name, amount in section.figures.totals().items()}
    unbilled = None if section.unbilled is None else from_minor(section.unbilled, section.currency)
    average = section.trend[-1].book_to_bill_3 if section.trend else None
    return document.Totals(
        **money,
        book_to_bill=section.figures.book_to_bill,
        shipped_not_billed=unbilled,
        book_to_bill_3=average,
    )


def periods_of(section: Section) -> Iterator[document.Period]:
    year = 0
    for each in section.trend:
        yield document.Period(
            label=f"{each.period.end:%b}",
            net_bookings=from_minor(each.net_bookings, section.currency),
            billings=from_minor(each.billings, section.currency),
            book_to_bill=each.book_to_bill,
            book_to_bill_3=each.book_to_bill_3,
            year=str(each.period.year) if each.period.year != year else "",
        )
        year = each.period.year


def slice_of(line: Line) -> document.Slice:
    figures: Figures = line.figures

    def money(minor: int) -> Decimal:
        return from_minor(minor, line.currency)

    return document.Slice(
        sell_to=line.sell_to.name,
        end_buyer=line.end_buyer.name,
        product=line.product.code,
        net_bookings=money(figures.net_bookings),
        billings=money(figures.billings),
        opening=money(figures.opening),
        closing=money(figures.closing),
        book_to_bill=figures.book_to_bill,
    )
