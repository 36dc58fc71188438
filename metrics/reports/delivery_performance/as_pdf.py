"""The report as the printed document takes it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from metrics.reports.bookings_billings_backlog.as_pdf import family_name, letterhead, span
from metrics.reports.bookings_billings_backlog.names import names_of
from metrics.reports.delivery_performance.figures import BASES, BASIS_NAMES, CURRENT, Figures, percent
from metrics.reports.delivery_performance.misses import Miss
from metrics.reports.delivery_performance.question import Question
from metrics.reports.delivery_performance.report import HEADINGS, SUPPLIER, UNSHIPPED, ByBasis, Member, Report
from metrics.reports.delivery_performance.suppliers import EVERY_SUPPLIER
from metrics.reports.delivery_performance.trend import TrendPeriod
from parties.models import Location
from ui.documents import delivery_performance as document

# so many members of a dimension are printed; the workbook holds them all
PRINTED = 40
NOBODY = {"end_buyer": "No end buyer", "site": "No site"}
# clamped business days, see delivery_performance.sql
DISTANCES = (
    ("Not shipped", (UNSHIPPED,), False),
    ("6 or more days late", (6,), False),
    ("3 to 5 days late", (3,), False),
    ("1 to 2 days late", (1,), False),
    ("On the day", (0,), True),
    ("1 to 3 days early", (-1, -2, -3), True),
    ("4 or more days early", (-4,), False),
)


def as_pdf(report: Report, at: dt.datetime) -> bytes:
    return document.render(context(report, at))


def context(report: Report, at: dt.datetime) -> document.Report:
    tenant, question, current = report.tenant, report.question, report.figures[CURRENT]
    return document.Report(
        sender=letterhead(tenant),
        period=span(question.first, question.as_of),
        as_of=question.as_of,
        known_on=tenant.today(at),
        produced_at=at.astimezone(tenant.zone),
        scope=scope(question),
        bases=bases_of(report.figures),
        stability=stability_of(current),
        trend=tuple(periods_of(report.trend)),
        distance=tuple(buckets_of(report.distance)),
        groups=tuple(group_of(dimension, members) for dimension, members in report.members.items()),
        moved=(
            document.Moved("Us", current.our_moves),
            document.Moved("Supplier", current.supplier_moves),
            document.Moved("Customer", current.customer_moves),
        ),
        reasons=tuple(document.Reason(each.name, each.schedules) for each in report.reasons),
        misses=tuple(miss_of(each) for each in report.worst),
        converted=current.converted,
        excluded=current.excluded,
        for_customer=customer_of(question),
        snapshot_at=report.run.started_at.astimezone(tenant.zone) if report.run else None,
    )


def customer_of(question: Question) -> str:
    """Whose scorecard it is: a sell-to without its branches is one customer."""
    return names_of([question.sell_to_id or 0], []).party(question.sell_to_id).name if question.is_sell_to_alone else ""


def scope(question: Question) -> str:
    names = names_of(
        [each for each in (question.sell_to_id, question.end_buyer_id) if each], [question.product_id or 0]
    )
    site = Location.objects.filter(pk=question.site_id or 0).values_list("name", flat=True).first()
    parts = [
        f"sell-to {names.party(question.sell_to_id).name}" if question.sell_to_id else "all sell-tos",
        f"end buyer {names.party(question.end_buyer_id).name}" if question.end_buyer_id else "",
        names.product(question.product_id).code,
        f"family {family_name(question.family_id)}" if question.family_id else "",
        f"site {site}"
        if site
        else ""
        if question.is_sell_to_alone or question.supplier_id is not None
        else "all sites",
        supplier_words(question.supplier_id),
    ]
    return ", ".join(part for part in parts if part)


def supplier_words(supplier_id: int | None) -> str:
    if supplier_id is None:
        return ""
    if supplier_id == EVERY_SUPPLIER:
        return "sites and suppliers of others"
    return f"places of {names_of([supplier_id], []).party(supplier_id).name}"


def bases_of(figures: ByBasis) -> tuple[document.Basis, ...]:
    return tuple(basis_of(BASIS_NAMES[basis], figures[basis]) for basis in BASES)


def basis_of(label: str, each: Figures) -> document.Basis:
    return document.Basis(
        label, each.due, each.on_time, each.late, each.too_early, each.pending, each.uncommitted,
        percent(each.rate), percent(each.by_quantity), percent(each.in_full),
    )  # fmt: skip


def stability_of(each: Figures) -> document.Stability:
    return document.Stability(
        percent(each.never_rate), each.per_schedule, each.mean_slip, percent(each.supplier_rate), each.mean_gap
    )


def periods_of(trend: Sequence[TrendPeriod]) -> Iterator[document.Period]:
    for number, each in enumerate(trend):
        is_first_of_year = number == 0 or each.period.period == 1
        yield document.Period(
            period_name(each),
            tuple(each.rates[basis] for basis in BASES),
            str(each.period.year) if is_first_of_year else "",
        )


def period_name(each: TrendPeriod) -> str:
    """The month of a calendar period, the number of a weekly one."""
    return f"{each.period.end:%b}" if each.period.start.day == 1 else f"P{each.period.period}"


def buckets_of(distance: Mapping[int, int]) -> Iterator[document.Bucket]:
    for label, numbers, is_kept in DISTANCES:
        yield document.Bucket(label, sum(distance.get(number, 0) for number in numbers), is_kept)


def group_of(dimension: str, members: Sequence[Member]) -> document.Group:
    return document.Group(
        HEADINGS[dimension],
        tuple(member_of(each) for each in members[:PRINTED]),
        max(0, len(members) - PRINTED),
        commits_to_us=dimension == SUPPLIER,
    )


def member_of(member: Member) -> document.Member:
    return document.Member(
        member.name.name or NOBODY.get(member.dimension, "–"),
        bases_of(member.figures),
        stability_of(member.figures[CURRENT]),
    )


def miss_of(each: Miss) -> document.Miss:
    return document.Miss(
        f"{each.order_number} / {each.place}", each.sell_to.name, each.end_buyer.name, each.product.code, each.site,
        each.quantity, each.request_date, each.first_commit, each.current_commit, each.actual, each.days_late,
        each.moves, each.is_converted,
    )  # fmt: skip
