"""The price rules once more, slowly and plainly: every rule looked at for every question."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass
class Line:
    number: str
    mechanism: str
    end_buyer: str | None
    sell_to: str | None
    product: str | None
    family: str | None
    project: str
    currency: str
    valid_from: dt.date
    valid_to: dt.date
    status: str
    tiers: list[tuple[int, Decimal]]
    cumulative: bool
    cap: int | None
    consumed: int
    reserved: int
    fixed_book: Decimal | None
    pk: int | None = None


@dataclass
class Item:
    list_code: str
    product: str
    min_qty: int
    price: Decimal
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass
class Assignment:
    list_code: str
    party: str
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass
class Question:
    sell_to: str
    end_buyer: str | None
    product: str
    quantity: int
    currency: str
    on: dt.date
    project: str
    cited: str


@dataclass
class World:
    parents: dict[str, str | None]
    families: dict[str, str]
    lists: dict[str, str]
    base: str | None
    lines: list[Line] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)


def lineage(world: World, party: str | None) -> list[str]:
    line = []
    while party is not None:
        line.append(party)
        party = world.parents[party]
    return line


def covers(start: dt.date, end: dt.date | None, day: dt.date) -> bool:
    return start <= day and (end is None or day <= end)


def listed(world: World, code: str, q: Question) -> Decimal | None:
    fitting = [
        (item.min_qty, item.price)
        for item in world.items
        if item.list_code == code
        and item.product == q.product
        and item.min_qty <= q.quantity
        and covers(item.valid_from, item.valid_to, q.on)
    ]
    return max(fitting)[1] if fitting else None


def assigned_price(world: World, q: Question) -> Decimal | None:
    for party in lineage(world, q.sell_to):
        for a in world.assignments:
            if a.party != party or world.lists[a.list_code] != q.currency or not covers(a.valid_from, a.valid_to, q.on):
                continue
            price = listed(world, a.list_code, q)
            if price is not None:
                return price
    return None


def agreed_price(line: Line, q: Question) -> Decimal | None:
    used = line.consumed + line.reserved
    reached = q.quantity + (used if line.cumulative else 0)
    tiers = [price for start, price in line.tiers if start <= reached]
    needed = q.quantity if line.mechanism == "direct" else 1
    if not tiers or (line.cap is not None and line.cap - used < needed):
        return None
    return tiers[-1]


def fitting(world: World, q: Question) -> Iterator[tuple[tuple[Any, ...], Line, Decimal]]:
    """Agreement lines that apply, each with its rank (the smallest wins) and its price."""
    sellers, buyers = lineage(world, q.sell_to), lineage(world, q.end_buyer)
    for line in world.lines:
        if line.status not in ("approved", "expired") or line.currency != q.currency:
            continue
        if not covers(line.valid_from, line.valid_to, q.on) or line.project not in ("", q.project):
            continue
        if line.product != q.product and line.family != world.families[q.product]:
            continue
        if line.end_buyer is not None and line.end_buyer not in buyers:
            continue
        if line.sell_to is not None and line.sell_to not in sellers:
            continue
        price = agreed_price(line, q)
        if price is None:
            continue
        step = 3 if line.end_buyer is None else 2 if line.sell_to is None else 1
        seller = sellers.index(line.sell_to) if line.sell_to else 0
        buyer = buyers.index(line.end_buyer) if line.end_buyer else 0
        cited = line.number == q.cited
        yield (not cited, step, line.project == "", line.product is None, seller, buyer), line, price


STEPS = {1: "agreement_sell_to", 2: "agreement_any", 3: "contract"}


def answer(world: World, q: Question) -> tuple[str, Decimal | None, Decimal | None, Decimal | None, int | None]:
    """Source, unit price, book price, agreed cost, agreement line."""
    assigned = assigned_price(world, q)
    base = listed(world, world.base, q) if world.base and world.lists[world.base] == q.currency else None
    book = base if assigned is None else assigned
    ranked = sorted(fitting(world, q), key=lambda found: found[0])
    if ranked:
        rank, line, price = ranked[0]
        if line.mechanism == "direct":
            return STEPS[rank[1]], price, book, None, line.pk
        charged = line.fixed_book if book is None else book
        if charged is None:
            return "none", None, None, None, None
        return STEPS[rank[1]], charged, charged, price, line.pk
    if assigned is not None:
        return "price_list", assigned, assigned, None, None
    if base is not None:
        return "base_list", base, base, None, None
    return "none", None, None, None, None
