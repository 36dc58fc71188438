from people.columns import history_of
from pricing.choices import AgreementStatus
from pricing.models import Agreement
from tenancy.rights import SEE_COST
from ui.columns import Chip, Column, Date, Figure, Link, verb
from ui.tables import Table

TONES = {
    AgreementStatus.APPROVED: "good",
    AgreementStatus.SUBMITTED: "warn",
    AgreementStatus.DRAFT: "info",
}


class PriceListTable(Table):
    caption = "Price lists"
    columns = (
        Link("List", "code", url_name="pricing:price_list_detail", sort="code"),
        Column("Kind", "get_kind_display"),
        Column("Currency", "currency"),
    )


class ListItemTable(Table):
    caption = "Prices"
    columns = (
        Link("Part", "product.sku", url_name="catalog:product_detail", args=("product_id",)),
        Column("Description", "product.description"),
        Figure("From quantity", "min_qty"),
        Figure("Price", "price", right=SEE_COST),
        Date("Valid from", "valid_from"),
        Date("Valid to", "valid_to"),
        verb("Change", "pricing:list_price_change", ("price_list_id", "pk"), right="prices.edit"),
    )


def mechanism_of(agreement: Agreement) -> str:
    """Its name; what it means stands on the agreement's page."""
    return str(agreement.get_mechanism_display()).partition(":")[0]


class AgreementTable(Table):
    caption = "Agreements"
    columns = (
        Link("Number", "number", url_name="pricing:agreement_detail", sort="number"),
        Figure("Revision", "revision"),
        Chip("Status", "get_status_display", tones=TONES, tone_path="status"),
        Column("Mechanism", mechanism_of),
        Column("End buyer", "end_buyer.name", css="name wide"),
        Column("Sell-to", "sell_to.name", css="name wide"),
        Column("Project", "project", css="name", is_wide_only=True),
        Column("Currency", "currency"),
        Date("Valid from", "valid_from"),
        Date("Valid to", "valid_to"),
    )


class FxRateTable(Table):
    caption = "Exchange rates"
    columns = (
        Column("From", "from_currency", sort="pair"),
        Column("To", "to_currency"),
        Date("Date", "date"),
        Figure("Rate", "rate"),
        history_of("rate"),
        verb("Change", "pricing:rate_edit", right="prices.edit"),
    )


class AssignmentTable(Table):
    caption = "Who buys from which list"
    columns = (
        Link("Sell-to", "party.name", url_name="parties:party_detail", args=("party_id",)),
        Link("List", "price_list.code", url_name="pricing:price_list_detail", args=("price_list_id",)),
        Column("Currency", "currency"),
        Date("From", "valid_from"),
        Date("To", "valid_to"),
        history_of("assignment"),
        verb("Change", "pricing:assignment_edit", right="prices.edit"),
    )
