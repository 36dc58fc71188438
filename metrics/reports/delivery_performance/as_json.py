"""The report as data. Dates are ISO, rates fractions as text with four decimals and null while nothing is decided.

On each basis due = on_time + late + too_early + pending, and rate = on_time ÷ (on_time + late + too_early). What has no
commit is due on no commit basis: it is counted as uncommitted by its request date.
"""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from metrics.reports.delivery_performance.figures import BASES, CURRENT, Figures
from metrics.reports.delivery_performance.report import ByBasis, Member, Report
from metrics.reports.delivery_performance.trend import TrendPeriod

NAME = "delivery_performance"


def as_json(report: Report, at: datetime) -> bytes:
    return json.dumps(data(report, at), ensure_ascii=False, indent=1).encode()


def data(report: Report, at: datetime) -> dict[str, Any]:
    question = report.question
    return {
        "report": NAME,
        "tenant": report.tenant.slug,
        "from": question.first.isoformat(),
        "as_of": question.as_of.isoformat(),
        "currency": report.tenant.currency,
        "compared_with": {"from": report.compared.first.isoformat(), "to": report.compared.last.isoformat()},
        "totals": {basis: totals(report.figures[basis]) for basis in BASES},
        "details": details(report.figures),
        "before": {basis: totals(report.before[basis]) for basis in BASES},
        "rows": [row(member) for members in report.members.values() for member in members],
        "reasons": [
            {"code": each.code or None, "name": each.name, "schedules": each.schedules} for each in report.reasons
        ],
        "trend": [period(each) for each in report.trend],
        "produced_at": at.astimezone(report.tenant.zone).isoformat(timespec="seconds"),
    }


def totals(figures: Figures) -> dict[str, Any]:
    return {**figures.totals(), "rate": text(figures.rate)}


def details(figures: ByBasis) -> dict[str, Any]:
    """What stands beside the counts: by quantity, lines in full, and how stable the commits were."""
    promised = figures[CURRENT]
    return {
        **{basis: beside(figures[basis]) for basis in BASES},
        "commit_stability": {
            "schedules": promised.promised,
            "recommits": promised.moves,
            "recommits_per_schedule": text(promised.per_schedule),
            "never_recommitted": text(promised.never_rate),
            "mean_slip_days": text(promised.mean_slip),
            "supplier_initiated": text(promised.supplier_rate),
            "customer_initiated": text(promised.customer_rate),
        },
        "commit_gap_days": text(promised.mean_gap),
    }


def beside(figures: Figures) -> dict[str, Any]:
    return {
        "unshipped": figures.unshipped,
        "excluded": figures.excluded,
        "converted": figures.converted,
        "rate_by_quantity": text(figures.by_quantity),
        "lines_in_full": figures.lines_in_full,
        "lines_missed": figures.lines_missed,
        "rate_of_lines": text(figures.in_full),
    }


def text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def row(member: Member) -> dict[str, Any]:
    return {
        "dimension": member.dimension,
        "code": member.name.code or None,
        "name": member.name.name or None,
        **{basis: totals(member.figures[basis]) for basis in BASES},
        "details": details(member.figures),
    }


def period(each: TrendPeriod) -> dict[str, Any]:
    return {
        "period": str(each.period),
        "from": each.period.start.isoformat(),
        "to": each.last.isoformat(),
        **{basis: totals(each.figures[basis]) for basis in BASES},
    }
