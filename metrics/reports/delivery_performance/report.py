from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from catalog.models import ProductFamily
from metrics.models import DeliveryRun
from metrics.reports.bookings_billings_backlog.names import NOBODY, Name, names_of
from metrics.reports.bookings_billings_backlog.span import Span, span_before
from metrics.reports.bookings_billings_backlog.trend import periods_to
from metrics.reports.delivery_performance.figures import BASES, CURRENT, Figures
from metrics.reports.delivery_performance.misses import Miss, worst_of
from metrics.reports.delivery_performance.movers import last_movers
from metrics.reports.delivery_performance.query import Deliveries
from metrics.reports.delivery_performance.question import Question
from metrics.reports.delivery_performance.reasons import Reason, reasons_of
from metrics.reports.delivery_performance.suppliers import suppliers_of
from metrics.reports.delivery_performance.trend import TrendPeriod, trend_of
from metrics.statements import Row, prepare_session
from parties.models import Location
from tenancy.fiscal import calendar_of
from tenancy.models import Tenant

ALL, DISTANCE, MOVES = "all", "distance", "moves"
DIMENSIONS = {"sell_to": "Sell-to", "end_buyer": "End buyer", "family": "Product family", "site": "Site"}
SUPPLIER = "supplier"
HEADINGS = {**DIMENSIONS, SUPPLIER: "Site or supplier"}
UNSHIPPED = 99

ByBasis = Mapping[str, Figures]


@dataclass(frozen=True)
class Member:
    """One sell-to, end buyer, product family or site. Without a name: where none is given."""

    dimension: str
    id: int
    name: Name
    figures: ByBasis


@dataclass(frozen=True)
class Report:
    """Figures by basis; `before` are those of the days compared with, as of their own last day.

    `distance` and `moved` count schedules of the current commit: by how far the actual lay from it, and by how often it
    moved (0, 1, 2, and 3 for more). `run` is the nightly run from which the settled schedules were read. Suppliers are
    among the members where sites are, and reasons of misses are not told to a customer.
    """

    tenant: Tenant
    question: Question
    figures: ByBasis
    compared: Span
    before: ByBasis
    members: Mapping[str, Sequence[Member]]
    trend: Sequence[TrendPeriod]
    distance: Mapping[int, int]
    moved: Mapping[int, int]
    worst: Sequence[Miss]
    run: DeliveryRun | None
    reasons: Sequence[Reason]


def delivery_performance(tenant: Tenant, question: Question, *, worst: int = 30) -> Report:
    """Everything about the schedules due in the question's days. `worst` is the number of misses that are named."""
    prepare_session()
    calendar = calendar_of(tenant)
    periods = periods_to(calendar, question.as_of)
    filters = question.filters()
    deliveries = Deliveries(question.as_of, question.first, question.as_of, filters)
    trend = Deliveries(question.as_of, periods[0].start, question.as_of, filters)
    dimensions = dimensions_of(question)
    lines = deliveries.lines([ALL, *dimensions])
    compared = span_before(calendar, question.first, question.as_of)
    sums = with_lines(deliveries.sums([ALL, DISTANCE, MOVES, *dimensions]), lines)
    return Report(
        tenant,
        question,
        by_basis(sums[ALL].get(0, {})),
        compared,
        figures_of(compared, filters),
        with_suppliers({dimension: members_of(dimension, sums[dimension]) for dimension in dimensions}),
        trend_of(periods, question.as_of, by_period(trend.periods([each.start for each in periods]))),
        {number: each[CURRENT].decided for number, each in sums[DISTANCE].items() if CURRENT in each},
        {number: each[CURRENT].promised for number, each in sums[MOVES].items() if CURRENT in each},
        worst_misses(question, deliveries, worst) if worst else (),
        deliveries.coverage.run,
        () if question.is_sell_to_alone else reasons_of(deliveries.reasons()),
    )  # fmt: skip


def dimensions_of(question: Question) -> list[str]:
    """Where goods leave from is no business of a customer, who is the only one to be asked for alone."""
    return [name for name in DIMENSIONS if not (name == "site" and question.is_sell_to_alone)]


def worst_misses(question: Question, deliveries: Deliveries, size: int) -> Sequence[Miss]:
    """Sites and reasons are not told to a customer."""
    found = worst_of(deliveries, size)
    if question.is_sell_to_alone:
        return [replace(miss, site="") for miss in found]
    movers = last_movers([miss.schedule_id for miss in found], question.as_of)
    return [replace(miss, moved_by=movers.get(miss.schedule_id, "")) for miss in found]


def figures_of(span: Span, filters: dict[str, Sequence[int] | None]) -> ByBasis:
    """Of other days, as of the last of them: what was pending then has long been decided since, and is not compared."""
    deliveries = Deliveries(span.last, span.first, span.last, filters)
    return by_basis(with_lines(deliveries.sums([ALL]), [])[ALL].get(0, {}))


def by_period(rows: Sequence[Row]) -> dict[int, dict[str, Figures]]:
    found: dict[int, dict[str, Figures]] = defaultdict(dict)
    for row in rows:
        found[row["id"]][row["basis"]] = Figures.of(row)
    return found


def with_lines(rows: Sequence[Row], lines: Sequence[Row]) -> dict[str, dict[int, dict[str, Figures]]]:
    """Dimension → id → basis → figures."""
    full = {(row["dimension"], row["id"], row["basis"]): row for row in lines}
    found: dict[str, dict[int, dict[str, Figures]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        line = full.get((row["dimension"], row["id"], row["basis"]))
        more = {"lines_in_full": line["in_full"], "lines_missed": line["missed"]} if line else {}
        found[row["dimension"]][row["id"]][row["basis"]] = Figures.of({**row, **more})
    return found


def by_basis(found: ByBasis) -> ByBasis:
    return {basis: found.get(basis, Figures()) for basis in BASES}


def members_of(dimension: str, found: Mapping[int, ByBasis]) -> list[Member]:
    """Those with most due first."""
    names = named(dimension, found)
    members = [Member(dimension, key, names.get(key, NOBODY), by_basis(each)) for key, each in found.items()]
    shown = [member for member in members if any(each.due or each.uncommitted for each in member.figures.values())]
    return sorted(shown, key=lambda each: (-each.figures[CURRENT].due, each.name.code, each.id))


def with_suppliers(members: dict[str, list[Member]]) -> dict[str, list[Member]]:
    """Those who committed the dates of their sites to us: sites summed by the party whose place they are."""
    parties = suppliers_of([site.id for site in members.get("site", ())])
    found: dict[int, list[ByBasis]] = defaultdict(list)
    for site in members.get("site", ()):
        if site.id in parties:
            found[parties[site.id]].append(site.figures)
    sums = {key: {basis: Figures.sum_of(own[basis] for own in each) for basis in BASES} for key, each in found.items()}
    return {**members, SUPPLIER: members_of(SUPPLIER, sums)} if sums else members


def named(dimension: str, ids: Mapping[int, ByBasis]) -> Mapping[int, Name]:
    if dimension == "site":
        places = Location.objects.filter(pk__in=list(ids)).values_list("pk", "party__code", "code", "name")
        return {pk: Name(f"{party}/{code}", name) for pk, party, code, name in places}
    if dimension == "family":
        families = ProductFamily.objects.filter(pk__in=list(ids)).values_list("pk", "code", "name")
        return {pk: Name(code, name or code) for pk, code, name in families}
    return names_of([key for key in ids if key], []).parties
