"""The report as data. Amounts are text with the currency's decimals, dates ISO.

`totals` stand in `currency` when the ledger has but one; else both are null and `by_currency` holds what can be said:
nothing is converted. `estimated`, `claimed` and `settled` are what waits, what is approved and not settled, and what
credit memos have given up to the as-of date; open − recoverable = estimated + claimed. Each of `rows` (partner ×
end buyer × agreement × product × kind) stands in its own currency, with the same keys. `movement` leads from `opening`
to `closing` in both buckets. `exposure` is a memo and part of no total.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from channel_inventory.reports.rebate_liability.figures import Figures
from channel_inventory.reports.rebate_liability.report import Report
from channel_inventory.reports.rebate_liability.section import Credit, Line, Member, Section
from values.money import plain, to_minor

NAME = "rebate_liability"
AGES = ("0-30", "31-60", "61-90", "over_90")
TOTALS = ("estimated", "claimed", "settled", "open", "recoverable")


def as_json(report: Report, at: datetime) -> bytes:
    return json.dumps(data(report, at), ensure_ascii=False, indent=1).encode()


def data(report: Report, at: datetime) -> dict[str, Any]:
    main, question = report.main, report.question
    known_on = question.known_on or report.tenant.today(at)
    return {
        "report": NAME,
        "tenant": report.tenant.slug,
        "from": question.first.isoformat(),
        "as_of": question.as_of.isoformat(),
        "known_on": known_on.isoformat(),
        "currency": main.currency if main else None,
        "totals": amounts(main.totals(), main.currency) if main else dict.fromkeys(TOTALS),
        "rows": [row(line, section.currency) for section in report.sections for line in section.lines],
        "by_currency": {section.currency: section_data(section) for section in report.sections},
        "produced_at": at.astimezone(report.tenant.zone).isoformat(timespec="seconds"),
    }


def amounts(minor: Mapping[str, int], currency: str) -> dict[str, str]:
    return {name: plain(amount, currency) for name, amount in minor.items()}


def row(line: Line, currency: str) -> dict[str, Any]:
    figures = line.figures
    totals = {
        "estimated": figures.estimated,
        "claimed": figures.claimed,
        "settled": figures.settled,
        "open": line.open,
        "recoverable": line.recoverable,
    }
    return {
        "partner": line.partner.code,
        "partner_name": line.partner.name,
        "end_buyer": line.end_buyer.code or None,
        "end_buyer_name": line.end_buyer.name or None,
        "agreement": line.agreement.code or None,
        "product": line.product.code or None,
        "kind": line.kind,
        "currency": currency,
        **amounts(totals, currency),
        "ages": ages(figures, currency),
    }


def ages(figures: Figures, currency: str) -> dict[str, str]:
    """What is claimed, by days since the claim was received. Estimates are unaged."""
    return amounts(dict(zip(AGES, figures.ages, strict=True)), currency)


def section_data(section: Section) -> dict[str, Any]:
    currency, figures = section.currency, section.figures
    return {
        "totals": amounts(section.totals(), currency),
        "ages": ages(figures, currency),
        "movement": movement(figures, currency),
        "ledger_rows": figures.entries,
        "partners": [member(part.partner, currency) for part in section.partners],
        "kinds": [member(each, currency) for each in section.kinds],
        "end_buyers": [member(each, currency) for each in section.end_buyers],
        "agreements": [member(each, currency) for each in section.agreements],
        "products": [member(each, currency) for each in section.products],
        "credits": [credit(each, currency) for each in section.credits],
        "exposure": plain(section.exposed, currency),
        "uncertified_sales": uncertified(section),
    }


def movement(figures: Figures, currency: str) -> dict[str, dict[str, str]]:
    estimated = {
        "opening": figures.opening_estimated,
        "accrued": figures.accrued,
        "adjusted": figures.adjusted,
        "approved": figures.approved_estimated,
        "denied": figures.denied,
        "settled": 0,
        "reversed": figures.reversed_estimated,
        "closing": figures.estimated,
    }
    claimed = {
        "opening": figures.opening_claimed,
        "accrued": 0,
        "adjusted": 0,
        "approved": figures.approved_claimed,
        "denied": 0,
        "settled": figures.settled_within,
        "reversed": figures.reversed_claimed,
        "closing": figures.claimed,
    }
    return {"estimated": amounts(estimated, currency), "claimed": amounts(claimed, currency)}


def member(each: Member, currency: str) -> dict[str, Any]:
    totals = {
        "estimated": each.figures.estimated,
        "claimed": each.figures.claimed,
        "settled": each.figures.settled,
        "open": each.open,
        "recoverable": each.recoverable,
    }
    return {"code": each.name.code or None, "name": each.name.name or None, **amounts(totals, currency)}


def credit(each: Credit, currency: str) -> dict[str, Any]:
    row = each.row
    return {
        "number": row.number,
        "date": row.credit_date.isoformat(),
        "partner": each.partner.code,
        "ledger_rows": row.entries,
        "first_row": row.first_row,
        "last_row": row.last_row,
        "settled": plain(row.settled, currency),
        "total": plain(row.total, currency),
    }


def uncertified(section: Section) -> dict[str, Any]:
    found = section.uncertified
    value = to_minor(found.value, section.currency) if found else 0
    return {"lines": found.lines if found else 0, "value": plain(value, section.currency)}
