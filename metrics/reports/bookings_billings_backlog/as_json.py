"""The report as data. Amounts are text with the currency's decimals, dates ISO.

`totals` stand in `currency`: the tenant's when every row has a rate to it, else the orders' own when they have but
one; else both are null and `by_currency` holds what can be said, since currencies are never added without a rate.
`quantity_decreases`, `cancels` and `shipped` (less what was unshipped) are positive, `price_changes` and `transfers`
signed: opening_backlog + gross_bookings − quantity_decreases − cancels + price_changes − shipped + transfers =
closing_backlog. Each of `rows` (sell-to × end buyer × product) stands in its own currency, with the same keys.
"""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from metrics.reports.bookings_billings_backlog.bridge import Driver
from metrics.reports.bookings_billings_backlog.due import Bucket
from metrics.reports.bookings_billings_backlog.figures import Figures
from metrics.reports.bookings_billings_backlog.moves import Move
from metrics.reports.bookings_billings_backlog.report import Report
from metrics.reports.bookings_billings_backlog.section import Line, Section
from metrics.reports.bookings_billings_backlog.tops import Member
from metrics.reports.bookings_billings_backlog.trend import TrendPeriod
from metrics.snapshots.watermark import Coverage
from orders.choices import Verb
from values.money import plain

NAME = "bookings_billings_backlog"


def as_json(report: Report, at: datetime) -> bytes:
    return json.dumps(data(report, at), ensure_ascii=False, indent=1).encode()


def data(report: Report, at: datetime) -> dict[str, Any]:
    main = report.main
    return {
        "report": NAME,
        "tenant": report.tenant.slug,
        "from": report.question.first.isoformat(),
        "as_of": report.question.as_of.isoformat(),
        "compared_with": {"from": report.compared.first.isoformat(), "to": report.compared.last.isoformat()},
        "currency": main.currency if main else None,
        "totals": totals(main.figures, main.currency) if main else dict.fromkeys(totals(Figures(), "USD")),
        "rows": [row(line) for section in report.sections for line in section.lines],
        "by_currency": {section.currency: section_data(section) for section in report.sections},
        "reporting": section_data(report.reporting) if report.reporting else None,
        "source": source(report.coverage),
        "produced_at": at.astimezone(report.tenant.zone).isoformat(timespec="seconds"),
    }


def totals(figures: Figures, currency: str) -> dict[str, str | None]:
    amounts: dict[str, str | None] = {name: plain(amount, currency) for name, amount in figures.totals().items()}
    return {**amounts, "book_to_bill": text(figures.book_to_bill)}


def text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def row(line: Line) -> dict[str, Any]:
    return {
        "sell_to": line.sell_to.code or None,
        "sell_to_name": line.sell_to.name or None,
        "end_buyer": line.end_buyer.code or None,
        "end_buyer_name": line.end_buyer.name or None,
        "product": line.product.code or None,
        "keys": line.keys,
        "currency": line.currency,
        **totals(line.figures, line.currency),
    }


def section_data(section: Section) -> dict[str, Any]:
    currency = section.currency
    return {
        "currency": currency,
        "totals": totals(section.figures, currency),
        "shipped_not_billed": None if section.unbilled is None else plain(section.unbilled, currency),
        "ledger_rows": section.ledger_rows,
        "bridge": [driver(each, currency) for each in section.drivers],
        "due": [bucket(each, section) for each in section.due.buckets],
        "past_request_date": plain(
            section.due.past_request_reporting if section.is_converted else section.due.past_request_value, currency
        ),
        "trend": [period(each, currency) for each in section.trend],
        "late_before": plain(section.late_before, currency),
        "before": before(section),
        "moved_dates": None
        if section.moves is None
        else [move(each, currency) for axis in section.moves for each in axis.moves],
        "top": {top.dimension: [member(each, currency) for each in top.rows] for top in section.tops},
    }


def before(section: Section) -> dict[str, str | None] | None:
    """The figures of the days compared with; null when a day lacks a rate."""
    was = section.before
    if was is None:
        return None
    return {
        "net_bookings": plain(was.net_bookings, section.currency),
        "billings": plain(was.billings, section.currency),
        "book_to_bill": text(was.book_to_bill),
    }


def move(each: Move, currency: str) -> dict[str, Any]:
    """Later and earlier moves of the two axes; `value` is the open value whose date moved, never a booking."""
    return {
        "axis": "request" if each.verb == Verb.REQUEST_MOVED else "commit",
        "driver": each.driver,
        "initiator": str(each.initiator),
        "moves": each.rows,
        "schedules": each.schedules,
        "mean_days": text(each.mean_days),
        "value": plain(each.value, currency),
        "value_days": plain(each.value_days, currency),
        "out_of_period": plain(each.out_of_period, currency),
        "out_of_quarter": plain(each.out_of_quarter, currency),
    }


def member(each: Member, currency: str) -> dict[str, Any]:
    """One of the largest, or the rest of them: without a code, and standing for more than one."""
    return {
        "code": each.name.code or None,
        "name": each.name.name or None,
        "is_rest": each.is_rest,
        "members": each.members,
        "net_bookings": plain(each.net_bookings, currency),
        "billings": plain(each.billings, currency),
        "book_to_bill": text(each.book_to_bill),
        "closing_backlog": plain(each.closing, currency),
        "late": plain(each.late, currency),
    }


def driver(each: Driver, currency: str) -> dict[str, Any]:
    return {
        "driver": each.label,
        "verb": str(each.verb),
        "amount": plain(each.amount, currency),
        "ledger_rows": each.ledger_rows,
    }


def bucket(each: Bucket, section: Section) -> dict[str, Any]:
    value = each.reporting_value if section.is_converted else each.value
    return {
        "kind": each.kind,
        "label": each.label,
        "from": each.first.isoformat() if each.first else None,
        "to": each.last.isoformat() if each.last else None,
        "schedules": each.schedules,
        "quantity": each.quantity,
        "value": plain(value, section.currency),
    }


def period(each: TrendPeriod, currency: str) -> dict[str, Any]:
    return {
        "period": str(each.period),
        "from": each.period.start.isoformat(),
        "to": each.period.end.isoformat(),
        "net_bookings": plain(each.net_bookings, currency),
        "billings": plain(each.billings, currency),
        "book_to_bill": text(each.book_to_bill),
        "book_to_bill_3": text(each.book_to_bill_3),
    }


def source(coverage: Coverage) -> dict[str, Any]:
    """Where the figures come from; the ledger rows recorded after `recorded_through` are always in them."""
    if coverage.run is None:
        return {"kind": "ledger", "night": None, "recorded_through": None, "is_reconciled": None}
    return {
        "kind": "snapshot",
        "night": coverage.run.night.isoformat(),
        "recorded_through": coverage.run.recorded_through.isoformat(timespec="seconds"),
        "is_reconciled": coverage.run.is_reconciled,
    }
