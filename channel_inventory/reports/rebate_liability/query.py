"""Asking the database. Every statement gets the same filters."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from channel_inventory.reports.rebate_liability.figures import Sums
from channel_inventory.reports.rebate_liability.question import Question
from tenancy.models import Tenant
from values.sql import load


@dataclass(frozen=True)
class KeySums:
    """What the ledger says of one key. End buyer, product and agreement are 0 where none is named."""

    partner_id: int
    end_buyer_id: int
    product_id: int
    agreement_id: int
    kind: str
    currency: str
    sums: Sums


@dataclass(frozen=True)
class CreditRow:
    """A credit memo and the ledger rows that settled by it: so many, from `first_row` to `last_row`."""

    credit_id: int
    number: str
    credit_date: date
    currency: str
    total: int
    partner_id: int
    entries: int
    first_row: int
    last_row: int
    settled: int


@dataclass(frozen=True)
class ExposureRow:
    """Units that a partner holds under an agreement, and what it could claim for them at most; not rounded."""

    partner_id: int
    currency: str
    units: int
    exposure: Decimal


@dataclass(frozen=True)
class Uncertified:
    """Sales to end buyers that nobody has certified; not rounded."""

    currency: str
    lines: int
    value: Decimal


def keys(tenant: Tenant, question: Question) -> list[KeySums]:
    return [
        KeySums(partner, end_buyer, product, agreement, kind, currency, tuple(sums))
        for partner, end_buyer, product, agreement, kind, currency, *sums in fetch(
            "rebate_liability", question.values(tenant)
        )
    ]


def credits_of(tenant: Tenant, question: Question) -> list[CreditRow]:
    return [CreditRow(*row) for row in fetch("liability_credits", question.values(tenant))]


def exposure(tenant: Tenant, question: Question) -> list[ExposureRow]:
    return [ExposureRow(*row) for row in fetch("channel_exposure", question.values(tenant))]


def uncertified(tenant: Tenant, question: Question) -> list[Uncertified]:
    return [Uncertified(*row) for row in fetch("uncertified_sales", question.values(tenant))]


def fetch(name: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(load("channel_inventory", name), values)
        return cursor.fetchall()
