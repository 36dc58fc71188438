"""The price of a line: one statement for one question or a hundred thousand, and the way it was found.

The steps, first that applies wins: manual override; agreement of the end buyer with this sell-to; agreement of the end
buyer with any sell-to; contract of the sell-to; assigned price list; base list; no price. An agreement that the
customer cites and that applies comes before the others. Within a step: the named project before none, product before
family, the sell-to itself before its group, the end buyer itself before its group.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from pricing.answer import PriceAnswer
from pricing.candidate import APPLIES, Candidate
from pricing.choices import Mechanism, PriceSource
from pricing.question import PriceQuestion
from pricing.rates import rate_on
from pricing.trail import STEPS, is_manual
from tenancy.prepared import fetch_planned, fetch_prepared
from tenancy.scope import current_tenant_id
from values import sql

__all__ = ["PriceAnswer", "PriceQuestion", "resolve_prices"]

FEW = 50
"""Up to so many questions walk indexes with a prepared plan; more are joined."""

NULL = "NULL"


def resolve_prices(questions: Sequence[PriceQuestion], *, with_losers: bool | None = None) -> list[PriceAnswer]:
    """Answers in the order of the questions.

    `with_losers` names in the trail the agreements that came near, at most ten a question, and why they lost. By
    default a few questions get them and a batch does not.
    """
    if not questions:
        return []
    if with_losers is None:
        with_losers = len(questions) <= FEW
    fetch = fetch_prepared if len(questions) <= FEW else fetch_planned
    rows = fetch(sql.load("pricing", "resolve_prices"), _params(questions, with_losers=with_losers))
    answers = []
    for no, group in groupby(rows, key=itemgetter(0)):
        answers.append(_answer(questions[no - 1], [Candidate._make(row) for row in group]))
    return answers


def _params(questions: Sequence[PriceQuestion], *, with_losers: bool) -> dict[str, object]:
    """Arrays as PostgreSQL writes them: the driver would look at every element, and choose int2 where it fits."""
    return {
        "tenant": str(current_tenant_id()),
        "count": str(len(questions)),
        "with_losers": "true" if with_losers else "false",
        "sell_to": _array([str(q.sell_to_id) for q in questions]),
        "end_buyer": _array([NULL if q.end_buyer_id is None else str(q.end_buyer_id) for q in questions]),
        "product": _array([str(q.product_id) for q in questions]),
        "quantity": _array([str(q.quantity) for q in questions]),
        "currency": _array([_quoted(q.currency) for q in questions]),
        "on_date": _array([q.on.isoformat() for q in questions]),
        "project": _array([_quoted(q.project) for q in questions]),
        "cited": _array([_quoted(q.cited_agreement) for q in questions]),
    }


def _array(elements: list[str]) -> str:
    return "{" + ",".join(elements) + "}"


def _quoted(text: str) -> str:
    if text.isalnum():
        return f'"{text}"'
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _answer(question: PriceQuestion, rows: list[Candidate]) -> PriceAnswer:
    head = rows[0]
    winner = head if head.line_id is not None and head.verdict == APPLIES else None
    source, price = _decide(question, head, winner)
    chosen = winner if winner is not None and source == STEPS[winner.step] else None
    is_debit = chosen is not None and chosen.mechanism == Mechanism.SHIP_AND_DEBIT
    return PriceAnswer(
        key=question.key,
        unit_price=price,
        source=source,
        book_price=price if is_debit else head.book,
        agreed_cost=chosen.price if chosen is not None and is_debit else None,
        agreement_line_id=chosen.line_id if chosen is not None else None,
        is_below_floor=source == PriceSource.MANUAL and _is_below_floor(question, head),
        question=question,
        rows=rows,
        chosen=chosen,
    )


def _decide(question: PriceQuestion, head: Candidate, winner: Candidate | None) -> tuple[PriceSource, Decimal | None]:
    if is_manual(question):
        return PriceSource.MANUAL, question.override_price
    if winner is not None:
        return _agreed(head, winner)
    if head.list_price is not None:
        return PriceSource.PRICE_LIST, head.list_price
    if head.base_price is not None:
        return PriceSource.BASE_LIST, head.base_price
    return PriceSource.NONE, None


def _agreed(head: Candidate, winner: Candidate) -> tuple[PriceSource, Decimal | None]:
    """Ship and debit charges book. Without a book price the line is held, rather than sold at a price that the
    partner could claim on again."""
    if winner.mechanism == Mechanism.DIRECT:
        return STEPS[winner.step], winner.price
    charged = winner.fixed_book if head.book is None else head.book
    return (PriceSource.NONE, None) if charged is None else (STEPS[winner.step], charged)


def _is_below_floor(question: PriceQuestion, head: Candidate) -> bool:
    """A floor in another currency is compared at the day's rate; without a rate somebody has to look at it."""
    price, floor = question.override_price, head.floor_price
    if price is None or floor is None:
        return False
    if head.floor_currency and head.floor_currency != question.currency:
        rate = rate_on(head.floor_currency, question.currency, question.on)
        return rate is None or price < floor * rate
    return price < floor
