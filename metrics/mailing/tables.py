"""Lists of subscriptions and of the mails that went out."""

from django.urls import reverse
from django.utils.safestring import SafeString

from jobs.mailing import TONES, error_of, may_be_sent_again, state_words
from metrics.choices import Cadence
from metrics.mailing.recipients import address_of, is_open_to, is_outside
from metrics.models import ReportDelivery, ReportSubscription
from ui.cells import link
from ui.columns import Chip, Column, Date, Figure, Instant, Link, Place
from ui.tables import Table


def whose(row: ReportSubscription | ReportDelivery) -> str:
    return row.party.name if row.party else "All sell-tos"


def rhythm_words(row: ReportSubscription) -> str:
    days = {Cadence.DAILY: "Daily", Cadence.WEEKLY: row.get_weekday_display(), Cadence.PERIOD_END: "Period end"}
    return f"{days[Cadence(row.cadence)]}, {row.hour:02}:00"


def files_words(row: ReportSubscription) -> str:
    return " and ".join(name for name, is_in in (("PDF", row.has_pdf), ("XLSX", row.has_xlsx)) if is_in)


def standing(row: ReportSubscription) -> str:
    if not row.is_active:
        return "Stopped"
    return "Running" if is_open_to(row) else "Recipient has left"


class SubscriptionTable(Table):
    caption = "Reports by e-mail"
    columns = (
        Link("Subject", "name", url_name="metrics:subscription_edit", sort="number"),
        Column("Report", "get_report_display"),
        Column("To", address_of),
        Column("Outside", lambda row: "yes" if is_outside(row) else "no", is_extra=True),
        Column("Figures of", whose),
        Column("When", rhythm_words),
        Column("Covers", "get_span_display"),
        Column("Files", files_words),
        Chip("State", standing, tones={"Running": "good", "Stopped": "", "Recipient has left": "warn"}),
        Column("Why stopped", "stopped_reason"),
    )


class AgainColumn(Column):
    """A verb for what did not go out."""

    def cell(self, row: ReportDelivery, place: Place) -> SafeString | str:
        if not may_be_sent_again(row):
            return ""
        return link(reverse("metrics:delivery_again", args=[place.slug, row.pk]), "Send again", "btn")


class FileColumn(Link):
    def cell(self, row: ReportDelivery, place: Place) -> SafeString | str:
        file = getattr(row, str(self.path))
        if file is None:
            return ""
        return link(reverse("jobs:download", args=[place.slug, file.pk]), self.label)


class DeliveryTable(Table):
    caption = "Mails sent"
    columns = (
        Column("Mail", "pk", css="num", sort="number"),
        Instant("Due", "created_at"),
        Column("Subject", "subscription.name", css="name"),
        Column("To", "address"),
        Column("Figures of", whose),
        Date("As of", "as_of"),
        Chip("State", state_words, tones=TONES),
        Figure("Tries", "tries"),
        Instant("Sent", "sent_at"),
        FileColumn("PDF", "pdf"),
        FileColumn("XLSX", "xlsx"),
        Column("Why not", error_of),
        AgainColumn("", lambda row: None),
    )
