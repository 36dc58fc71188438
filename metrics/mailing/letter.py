"""The mail that carries figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from jobs.files import open_file
from jobs.mailing import message_id
from metrics.asked import Asked
from metrics.catalogue import delivery_question_of, question_of
from metrics.choices import MailedReport
from metrics.mailing.recipients import is_outside
from metrics.mailing.unsubscribing import token_of
from metrics.models import ReportDelivery
from metrics.reports.bookings_billings_backlog import Report, Section, bookings_billings_backlog
from metrics.reports.delivery_performance import BASES, BASIS_NAMES, CURRENT, delivery_performance, percent
from metrics.reports.delivery_performance import Report as DeliveryReport
from tenancy.models import Tenant
from ui.figures import EMPTY, figure, figure_or_dash
from values.currencies import minor_digits
from values.money import from_minor

PAGES = {MailedReport.BOOKINGS: "metrics:bookings", MailedReport.DELIVERY: "metrics:delivery"}


@dataclass(frozen=True)
class KeyFigure:
    label: str
    text: str


@dataclass(frozen=True)
class KeyFigures:
    currency: str
    figures: tuple[KeyFigure, ...]


def key_figures(report: Report) -> list[KeyFigures]:
    """The figures that stand in the text: all together where that can be said, else by currency."""
    sections = [report.main] if report.main else report.sections
    return [KeyFigures(section.currency, tuple(figures_of(section))) for section in sections]


def figures_of(section: Section) -> Iterator[KeyFigure]:
    digits = minor_digits(section.currency)

    def money(minor: int) -> str:
        return figure(from_minor(minor, section.currency), digits)

    figures, ratio = section.figures, section.figures.book_to_bill
    late = section.due.late
    yield KeyFigure("Net bookings", money(figures.net_bookings))
    yield KeyFigure("Billings", money(figures.billings))
    yield KeyFigure("Book-to-bill", EMPTY if ratio is None else f"{ratio:.2f}")
    yield KeyFigure("Backlog", money(figures.closing))
    yield KeyFigure("Delinquent", money(late.reporting_value if section.is_converted else late.value))


def page_address(tenant: Tenant, asked: Asked, report: str) -> str:
    """The same figures in the program; narrower filters are set there."""
    days = {"as_of": asked.as_of.isoformat(), "first": asked.first.isoformat() if asked.first else ""}
    return f"{settings.PUBLIC_URL}{reverse(PAGES[MailedReport(report)], args=[tenant.slug])}?{urlencode(days)}"


def body_of(tenant: Tenant, delivery: ReportDelivery, asked: Asked) -> str:
    """The text of the mail. Raises BadQuestion, DoesNotFoot."""
    subscription = delivery.subscription
    context = {
        "tenant": tenant,
        "party": subscription.party,
        "link": "" if is_outside(subscription) else page_address(tenant, asked, subscription.report),
    }
    if subscription.report == MailedReport.DELIVERY:
        performance = delivery_performance(tenant, delivery_question_of(tenant, asked), worst=0)
        lines = list(scorecard_lines(performance))
        return render_to_string("metrics/mail/scorecard.txt", {**context, "report": performance, "lines": lines})
    report = bookings_billings_backlog(tenant, question_of(tenant, asked, 1))
    return render_to_string("metrics/mail/report.txt", {**context, "report": report, "figures": key_figures(report)})


def scorecard_lines(report: DeliveryReport) -> Iterator[KeyFigure]:
    for basis in BASES:
        each = report.figures[basis]
        rate = figure_or_dash(percent(each.rate), 1)
        yield KeyFigure(f"On time, {BASIS_NAMES[basis].lower()}", f"{rate} %, {each.on_time:,} of {each.decided:,}")
    current = report.figures[CURRENT]
    yield KeyFigure("Late", f"{current.late:,}")
    yield KeyFigure("Too early", f"{current.too_early:,}")
    yield KeyFigure("Pending", f"{current.pending:,}")
    yield KeyFigure("Without a commit", f"{current.uncommitted:,}")


def message_of(delivery: ReportDelivery) -> EmailMessage:
    """The whole mail. Its Message-ID is the delivery's own, so that no mailbox shows it twice."""
    subscription = delivery.subscription
    leave = f"{settings.PUBLIC_URL}{reverse('unsubscribe', args=[token_of(subscription)])}"
    message = EmailMessage(
        f"{subscription.name}, as of {delivery.as_of:%d %b %Y}",
        f"{delivery.body.rstrip()}\n\nTo get no more of these mails: {leave}\n",
        to=[delivery.address],
        headers={
            "Message-ID": message_id("report", delivery),
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    for file in filter(None, (delivery.pdf, delivery.xlsx)):
        with open_file(file) as content:
            message.attach(file.name, content.read(), file.content_type)
    return message
