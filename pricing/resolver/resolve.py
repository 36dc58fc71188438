from collections.abc import Iterable, Sequence
from decimal import Decimal
from operator import attrgetter

from pricing.choices import Mechanism, PriceSource
from pricing.rates import rate_on
from pricing.resolver.agreement_entries import is_citation_unknown
from pricing.resolver.answer import PriceAnswer
from pricing.resolver.candidate import APPLIES, Candidate, Citation
from pricing.resolver.entries import STEPS, is_manual
from pricing.resolver.question import PriceQuestion
from tenancy.prepared import fetch_planned, fetch_prepared
from tenancy.scope import current_tenant_id
from values import sql

FEW = 50
"""Up to so many questions walk indexes with a prepared plan; more are joined."""

Decision = tuple[PriceSource, Decimal | None, Candidate | None]

# looked up once: an enum's members cost more to reach than all else that is done for a line
MANUAL, PRICE_LIST, BASE_LIST, NO_PRICE = (
    PriceSource.MANUAL,
    PriceSource.PRICE_LIST,
    PriceSource.BASE_LIST,
    PriceSource.NONE,
)
DEBIT = str(Mechanism.SHIP_AND_DEBIT.value)
NULL = "NULL"
PLACE = attrgetter("place")


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
    found: list[list[Candidate]] = [[] for _ in questions]
    for row in fetch(
        sql.load("pricing", "resolve_prices"), _params(questions, with_losers=with_losers), make=Candidate._make
    ):
        found[row.no - 1].append(row)
    cited = _citations(questions, found)
    return [
        _answer(question, sorted(rows, key=PLACE) if len(rows) > 1 else rows, cited.get(no))
        for no, (question, rows) in enumerate(zip(questions, found, strict=True))
    ]


def _params(questions: Sequence[PriceQuestion], *, with_losers: bool) -> dict[str, object]:
    """Arrays as PostgreSQL writes them: the driver would look at every element, and choose int2 where it fits."""
    sell_tos = [str(q.sell_to_id) for q in questions]
    end_buyers = [NULL if q.end_buyer_id is None else str(q.end_buyer_id) for q in questions]
    return {
        "tenant": str(current_tenant_id()),
        "count": str(len(questions)),
        "with_losers": "true" if with_losers else "false",
        "sellers": _array(set(sell_tos)),
        "parties": _array({*sell_tos, *end_buyers}),
        "sell_to": _array(sell_tos),
        "end_buyer": _array(end_buyers),
        "product": _array([str(q.product_id) for q in questions]),
        "quantity": _array([str(q.quantity) for q in questions]),
        "currency": _array([_quoted(q.currency) for q in questions]),
        "on_date": _array([q.on.isoformat() for q in questions]),
        "project": _array([_quoted(q.project) for q in questions]),
        "cited": _array([_quoted(q.cited_agreement) for q in questions]),
    }


def _citations(questions: Sequence[PriceQuestion], found: list[list[Candidate]]) -> dict[int, Citation]:
    """What lines cite that is none of their candidates, by the place of the line; asks only when there is any."""
    unknown = [no for no, rows in enumerate(found) if is_citation_unknown(questions[no], rows)]
    if not unknown:
        return {}
    params = {
        "tenant": str(current_tenant_id()),
        "no": _array(map(str, unknown)),
        "number": _array(_quoted(questions[no].cited_agreement) for no in unknown),
        "product": _array(str(questions[no].product_id) for no in unknown),
    }
    rows = fetch_planned(sql.load("pricing", "cited_agreements"), params, make=Citation._make)
    return {row.no: row for row in rows}


def _array(elements: Iterable[str]) -> str:
    return "{" + ",".join(elements) + "}"


def _quoted(text: str) -> str:
    if text.isalnum():
        return f'"{text}"'
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _answer(question: PriceQuestion, rows: list[Candidate], citation: Citation | None) -> PriceAnswer:
    head = rows[0]
    source, price, chosen = _decide(question, head)
    is_debit = chosen is not None and chosen.mechanism == DEBIT
    return PriceAnswer(
        key=question.key,
        unit_price=price,
        source=source,
        book_price=price if is_debit else head.book,
        agreed_cost=chosen.price if chosen is not None and is_debit else None,
        agreement_line_id=None if chosen is None else chosen.line_id,
        is_below_floor=source is MANUAL and _is_below_floor(question, head),
        question=question,
        rows=rows,
        chosen=chosen,
        citation=citation,
    )


def _decide(question: PriceQuestion, head: Candidate) -> Decision:
    """Where the price comes from, the price, and the agreement that gives it."""
    if question.override_price is not None and is_manual(question):
        return MANUAL, question.override_price, None
    if head.line_id is not None and head.verdict == APPLIES:
        return _agreed(head)
    if head.list_price is not None:
        return PRICE_LIST, head.list_price, None
    if head.base_price is not None:
        return BASE_LIST, head.base_price, None
    return NO_PRICE, None, None


def _agreed(winner: Candidate) -> Decision:
    """Ship and debit charges book. Without a book price the line is held, rather than sold at a price that the
    partner could claim on again."""
    if winner.mechanism != DEBIT:
        return STEPS[winner.step], winner.price, winner
    charged = winner.fixed_book if winner.book is None else winner.book
    return (NO_PRICE, None, None) if charged is None else (STEPS[winner.step], charged, winner)


def _is_below_floor(question: PriceQuestion, head: Candidate) -> bool:
    """A floor in another currency is compared at the day's rate; without a rate somebody has to look at it."""
    price, floor = question.override_price, head.floor_price
    if price is None or floor is None:
        return False
    if head.floor_currency and head.floor_currency != question.currency:
        rate = rate_on(head.floor_currency, question.currency, question.on)
        return rate is None or price < floor * rate
    return price < floor
