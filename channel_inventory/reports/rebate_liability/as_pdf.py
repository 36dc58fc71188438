"""The report as the printed document takes it: a section for each currency, in it a section for each partner."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from channel_inventory.choices import LiabilityKind
from channel_inventory.reports.rebate_liability.movements import Movement, movements
from channel_inventory.reports.rebate_liability.report import Report
from channel_inventory.reports.rebate_liability.section import AgreementPart, Credit, Member, PartnerPart, Section
from tenancy.models import Tenant
from ui.documents import rebate_liability as document
from ui.documents.letterhead import Letterhead
from values.currencies import minor_digits
from values.money import from_minor, to_minor

# a printed currency holds so many products, the largest first; the rest is summed by partner. Workbooks hold them all.
PRINTED_PRODUCTS = 600
PRINTED_CREDITS = 24

Money = Callable[[int], Decimal]


def as_pdf(report: Report, at: dt.datetime, *, products: int = PRINTED_PRODUCTS) -> bytes:
    return document.render(context(report, at, products=products))


def context(report: Report, at: dt.datetime, *, products: int = PRINTED_PRODUCTS) -> document.Report:
    tenant, question = report.tenant, report.question
    return document.Report(
        sender=letterhead(tenant),
        first=question.first,
        as_of=question.as_of,
        known_on=question.known_on or tenant.today(at),
        zone=tenant.timezone,
        produced_at=at.astimezone(tenant.zone),
        sections=tuple(section_of(each, products) for each in report.sections),
        scope=question.scope,
    )


def letterhead(tenant: Tenant) -> Letterhead:
    return Letterhead(
        tenant.legal_name or tenant.name,
        tuple(tenant.address.splitlines()),
        tenant.tax_number and f"VAT {tenant.tax_number}",
    )


def section_of(section: Section, products: int) -> document.CurrencySection:
    currency = section.currency

    def money(minor: int) -> Decimal:
        return from_minor(minor, currency)

    uncertified = section.uncertified
    return document.CurrencySection(
        currency=currency,
        places=minor_digits(currency),
        total=row_of("", section.total, money),
        settled_within=money(-section.figures.settled_within),
        partners=tuple(partners_of(section, products, money)),
        kinds=tuple(row_of(kind.name.name, kind, money) for kind in section.kinds),
        movements=tuple(movement_of(each, money) for each in movements(section)),
        credits=tuple(credit_of(each, money) for each in section.credits[:PRINTED_CREDITS]),
        credits_left_out=len(section.credits[PRINTED_CREDITS:]),
        exposure=tuple(document.Exposure(each.partner.name, money(each.amount)) for each in section.exposure),
        exposed=money(section.exposed),
        uncertified=money(to_minor(uncertified.value, currency) if uncertified else 0),
        uncertified_lines=uncertified.lines if uncertified else 0,
        ledger_rows=section.figures.entries,
    )  # fmt: skip


def movement_of(each: Movement, money: Money) -> document.Movement:
    return document.Movement(
        label=each.label,
        opening=money(each.opening),
        accrued=money(each.accrued),
        adjusted=money(each.adjusted),
        approved=money(each.approved),
        denied=money(each.denied),
        settled=money(each.settled),
        reversed=money(each.reversed),
        closing=money(each.closing),
        is_sum=each.is_sum,
    )


def partners_of(section: Section, products: int, money: Money) -> list[document.Partner]:
    """The largest agreements of each partner, until its share of the printed products is used up."""
    share = max(products // max(len(section.partners), 1), 1)
    return [partner_of(part, share, money) for part in section.partners]


def partner_of(part: PartnerPart, share: int, money: Money) -> document.Partner:
    shown, left = [], share
    for each in part.agreements:
        if left <= 0:
            break
        shown.append(agreement_of(each, left, money))
        left -= len(each.products)
    rest = part.agreements[len(shown) :]
    return document.Partner(
        code=part.partner.name.code,
        row=row_of(part.partner.name.name, part.partner, money),
        agreements=tuple(shown),
        agreement_count=len(part.agreements),
        rest=rest_of(f"{len(rest)} smaller agreements", [each.agreement for each in rest], money) if rest else None,
    )


def agreement_of(part: AgreementPart, left: int, money: Money) -> document.Agreement:
    """Products beyond what is `left` stand in one row, so that the agreement foots. One alone is named beside it."""
    rows = [row_of(each.name.code or "No product", each, money) for each in part.products[:left]]
    if rest := part.products[left:]:
        rows.append(rest_of(f"{len(rest)} more products", rest, money))
    kind = LiabilityKind(part.kind).label
    only = [part.products[0].name.code] if len(part.products) == 1 else []
    note = " · ".join(filter(None, [kind, part.end_buyer.name, *only]))
    label = part.agreement.name.code or "No agreement"
    return document.Agreement(row_of(label, part.agreement, money), note, () if only else tuple(rows))


def row_of(label: str, member: Member, money: Money) -> document.Row:
    figures = member.figures
    return document.Row(
        label=label,
        accrued=money(figures.accrued_ever),
        changed=money(figures.changed_ever),
        settled=money(figures.settled_ever),
        open=money(member.open),
        recoverable=money(member.recoverable),
        estimated=money(figures.estimated),
        claimed=money(figures.claimed),
        ages=tuple(map(money, figures.ages)),
    )


def rest_of(label: str, members: Sequence[Member], money: Money) -> document.Row:
    rows = [row_of(label, each, money) for each in members]
    total = rows[0]
    for row in rows[1:]:
        total = replace(
            total,
            **{name: getattr(total, name) + getattr(row, name) for name in SUMMED},
            ages=tuple(one + other for one, other in zip(total.ages, row.ages, strict=True)),
        )
    return total


SUMMED = ("accrued", "changed", "settled", "open", "recoverable", "estimated", "claimed")


def credit_of(credit: Credit, money: Money) -> document.Credit:
    row = credit.row
    return document.Credit(
        row.number, row.credit_date, credit.partner.name, rows_in_words(row.entries, row.first_row, row.last_row),
        money(row.settled),
    )  # fmt: skip


def rows_in_words(count: int, first: int, last: int) -> str:
    return f"row {first}" if count == 1 else f"{count:,} rows, {first} to {last}"
