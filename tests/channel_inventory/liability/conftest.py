"""A story whose every figure is worked out by hand, in US cents unless it says euro. As of 23 November 2026:

| partner, line | what happened | estimated | claimed | settled |
|---|---|---|---|---|
| NGC, a | 30,000.00 resold 14 Oct, claimed today, waits | 30,000.00 | | |
| NGC, b | 500.00 resold 5 Aug, received 10 Aug (105 days), approved 20 Aug | | 500.00 | |
| NGC, c | 1,200.00 like b, settled 3 Nov | | | 1,200.00 |
| NGC, d | 80.00 resold 2 Nov, denied today | | | |
| KES, e | 100.00 received 8 Sep (76 days), approved 10 Sep, settled 15 Sep, reversed today | | −100.00 | 100.00 |
| NGC, f | 70.00 euro resold 2 Nov, waits | 70.00 EUR | | |

NGC is owed 30,500.00; KES owes 100.00, and that is netted against nobody.
"""

import datetime as dt
from dataclasses import dataclass

import pytest

from channel_inventory.actions.append_liability import (
    Move,
    accrue_claim_lines,
    append_liability,
    reverse_claim_lines,
)
from channel_inventory.choices import ClaimLineState, LiabilityEntry
from channel_inventory.models import ClaimCredit, ClaimLine
from parties.models import Party
from pricing.models import AgreementLine
from tenancy.models import Tenant
from tests.channel_inventory.liability.claim_book import ClaimBook, decide
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement
from tests.fixtures import NOW, TODAY

AUGUST, OCTOBER, NOVEMBER = dt.date(2026, 8, 5), dt.date(2026, 10, 14), dt.date(2026, 11, 2)


@dataclass
class Story:
    tenant: Tenant
    ngc: Party
    kes: Party
    one: AgreementLine
    two: AgreementLine
    lines: dict[str, ClaimLine]
    credits: dict[str, ClaimCredit]


def accrue(line: ClaimLine) -> None:
    accrue_claim_lines(claim_line_ids=[line.pk], by=None, at=NOW)


def approve(line: ClaimLine, on: dt.date) -> None:
    move(LiabilityEntry.APPROVE, line, on)
    decide(line, ClaimLineState.APPROVED)


def move(entry: LiabilityEntry, line: ClaimLine, on: dt.date, credit: int | None = None) -> None:
    moves = [Move(entry, line.pk, line.amount, on, f"{entry}:{line.pk}", credit_id=credit)]
    append_liability(moves=moves, by=None, at=NOW)


def settle(book: ClaimBook, line: ClaimLine, on: dt.date) -> ClaimCredit:
    credit = book.credit(line, on=on)
    move(LiabilityEntry.SETTLE, line, on, credit.pk)
    return credit


@pytest.fixture
def story(inside: Tenant) -> Story:
    ngc, kes = make_sell_to("NGC", name="Northgate Components"), make_sell_to("KES", name="Kestrel Distribution")
    volt, watt = make_end_buyer("VOLT", name="Voltaire Motors"), make_end_buyer("WATT", name="Watt & Sons")
    one = make_agreement(make_product("AUR-1"), "105", mechanism="ship_and_debit", end_buyer=volt, number="SD-1")
    two = make_agreement(make_product("AUR-2"), "2", mechanism="ship_and_debit", end_buyer=watt, number="SD-2")
    new, old = ClaimBook(ngc), ClaimBook(ngc, received_on=dt.date(2026, 8, 10))
    theirs, euro = ClaimBook(kes, received_on=dt.date(2026, 9, 8)), ClaimBook(ngc, currency="EUR")
    lines = {
        "a": new.line(one, 3_000_000, on=OCTOBER),
        "b": old.line(one, 50_000, on=AUGUST),
        "c": old.line(two, 120_000, on=AUGUST),
        "d": new.line(two, 8_000, on=NOVEMBER),
        "e": theirs.line(one, 10_000, on=dt.date(2026, 9, 1)),
        "f": euro.line(two, 7_000, on=NOVEMBER),
    }
    for line in lines.values():
        accrue(line)
    for name in ("b", "c"):
        approve(lines[name], dt.date(2026, 8, 20))
    approve(lines["e"], dt.date(2026, 9, 10))
    credits_ = {
        "c": settle(old, lines["c"], dt.date(2026, 11, 3)),
        "e": settle(theirs, lines["e"], dt.date(2026, 9, 15)),
    }
    move(LiabilityEntry.DENY, lines["d"], TODAY)
    decide(lines["d"], ClaimLineState.DENIED)
    reverse_claim_lines(claim_line_ids=[lines["e"].pk], on=TODAY, by=None, at=NOW)
    decide(lines["e"], ClaimLineState.REVERSED)
    return Story(inside, ngc, kes, one, two, lines, credits_)
