from ui.columns import Column, Figure, Link
from ui.tables import Table


class PartnerTermsTable(Table):
    caption = "Partner terms"
    columns = (
        Link("Partner", "partner.name", url_name="channel_inventory:partner_terms_detail"),
        Column("Code", "partner.code"),
        Column("Price basis", "get_price_basis_display"),
        Figure("Days to report", "window_days"),
        Figure("Days to claim", "claim_days"),
    )
