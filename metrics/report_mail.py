"""The mail that carries figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from jobs.files import open_file
from metrics.catalogue import Asked
from metrics.models import ReportDelivery
from metrics.reports.bookings_billings_backlog import Report, Section
from metrics.unsubscribing import token_of
from tenancy.models import Tenant
from ui.figures import EMPTY, figure
from values.currencies import minor_digits
from values.money import from_minor

NAME = "bookings_billings_backlog"


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


def page_address(tenant: Tenant, asked: Asked) -> str:
    """The same figures in the program; narrower filters are set there."""
    days = {"as_of": asked.as_of.isoformat(), "first": asked.first.isoformat() if asked.first else ""}
    return f"{settings.PUBLIC_URL}{reverse('metrics:bookings', args=[tenant.slug])}?{urlencode(days)}"


def message_of(delivery: ReportDelivery) -> EmailMessage:
    """The whole mail. Its Message-ID is the delivery's own, so that no mailbox shows it twice."""
    subscription = delivery.subscription
    leave = f"{settings.PUBLIC_URL}{reverse('unsubscribe', args=[token_of(subscription)])}"
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">") or "localhost"
    message = EmailMessage(
        f"{subscription.name}, as of {delivery.as_of:%d %b %Y}",
        f"{delivery.body.rstrip()}\n\nTo get no more of these mails: {leave}\n",
        to=[delivery.address],
        headers={
            "Message-ID": f"<report-{delivery.tenant_id}-{delivery.pk}@{domain}>",
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    for file in filter(None, (delivery.pdf, delivery.xlsx)):
        with open_file(file) as content:
            message.attach(file.name, content.read(), file.content_type)
    return message
