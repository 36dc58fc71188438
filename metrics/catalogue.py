"""The reports there are. A new one adds its entry here: page, command and job all read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from channel_inventory.reports import rebate_liability as liability
from channel_inventory.reports.rebate_liability.as_json import as_json as liability_json
from channel_inventory.reports.rebate_liability.as_pdf import as_pdf as liability_pdf
from channel_inventory.reports.rebate_liability.as_xlsx import as_xlsx as liability_xlsx
from metrics.asked import Asked
from metrics.liability_page.question import liability_question
from metrics.reports.bookings_billings_backlog import DoesNotFoot, Question, bookings_billings_backlog
from metrics.reports.bookings_billings_backlog.as_json import as_json
from metrics.reports.bookings_billings_backlog.as_pdf import as_pdf
from metrics.reports.bookings_billings_backlog.as_xlsx import as_xlsx
from metrics.reports.delivery_performance import Question as DeliveryQuestion
from metrics.reports.delivery_performance import delivery_performance
from metrics.reports.delivery_performance.as_json import as_json as delivery_as_json
from metrics.reports.delivery_performance.as_pdf import as_pdf as delivery_as_pdf
from metrics.reports.delivery_performance.as_xlsx import as_xlsx as delivery_as_xlsx
from metrics.reports.question import BadQuestion, period_start
from tenancy.models import Tenant
from ui.exports import XLSX_TYPE

CONTENT_TYPES = {"pdf": "application/pdf", "xlsx": XLSX_TYPE, "json": "application/json"}

# what is asked wrongly, and what does not add up, whatever the report
REFUSALS = (BadQuestion, liability.BadQuestion)
FAILURES = (DoesNotFoot, liability.DoesNotFoot)

# A printed page holds so many keys of a currency; the rest is summed. Workbooks and data hold them all.
PRINTED_KEYS = 60


class UnknownReport(LookupError):
    """No report, or no form of it, has this name; the text lists those there are."""


Form = Callable[[Tenant, Asked, datetime], bytes]


@dataclass(frozen=True)
class CatalogueEntry:
    name: str
    title: str
    right: str
    forms: Mapping[str, Form]

    def form(self, ending: str) -> Form:
        if ending not in self.forms:
            raise UnknownReport(f"{self.title} cannot be made as “{ending}”. Known: {', '.join(self.forms)}.")
        return self.forms[ending]


def form_of(write: Callable[[Any, datetime], bytes], *, top: int | None) -> Form:
    def make(tenant: Tenant, asked: Asked, at: datetime) -> bytes:
        return write(bookings_billings_backlog(tenant, question_of(tenant, asked, top)), at)

    return make


def delivery_form_of(write: Callable[[Any, datetime], bytes]) -> Form:
    def make(tenant: Tenant, asked: Asked, at: datetime) -> bytes:
        return write(delivery_performance(tenant, delivery_question_of(tenant, asked)), at)

    return make


def delivery_question_of(tenant: Tenant, asked: Asked) -> DeliveryQuestion:
    return DeliveryQuestion(**asked_of_orders(tenant, asked), site_id=asked.site_id, supplier_id=asked.supplier_id)


def question_of(tenant: Tenant, asked: Asked, top: int | None) -> Question:
    return Question(**asked_of_orders(tenant, asked), source=asked.source, top=top)


def asked_of_orders(tenant: Tenant, asked: Asked) -> dict[str, Any]:
    """What the reports over orders are asked alike."""
    names = ("as_of", "sell_to_id", "end_buyer_id", "product_id", "family_id", "is_sell_to_alone")
    first = asked.first or period_start(tenant, asked.as_of)
    return {"first": first, **{name: getattr(asked, name) for name in names}}


def liability_of(tenant: Tenant, asked: Asked) -> liability.Report:
    return liability.rebate_liability(tenant, liability_question(tenant, asked))


def liability_form(write: Callable[[liability.Report, datetime], bytes]) -> Form:
    def make(tenant: Tenant, asked: Asked, at: datetime) -> bytes:
        return write(liability_of(tenant, asked), at)

    return make


CATALOGUE = {
    entry.name: entry
    for entry in (
        CatalogueEntry(
            "bookings_billings_backlog",
            "Bookings, billings and backlog",
            "reports.view",
            {
                "pdf": form_of(as_pdf, top=PRINTED_KEYS),
                "xlsx": form_of(as_xlsx, top=None),
                "json": form_of(as_json, top=None),
            },
        ),
        CatalogueEntry(
            "delivery_performance",
            "Delivery performance",
            "reports.view",
            {
                "pdf": delivery_form_of(delivery_as_pdf),
                "xlsx": delivery_form_of(delivery_as_xlsx),
                "json": delivery_form_of(delivery_as_json),
            },
        ),
        CatalogueEntry(
            "rebate_liability",
            "Rebate liability",
            "channel.view",
            {
                "pdf": liability_form(liability_pdf),
                "xlsx": liability_form(liability_xlsx),
                "json": liability_form(liability_json),
            },
        ),
    )
}


def report_called(name: str) -> CatalogueEntry:
    if name not in CATALOGUE:
        raise UnknownReport(f"There is no report “{name}”. Known: {', '.join(CATALOGUE)}.")
    return CATALOGUE[name]
