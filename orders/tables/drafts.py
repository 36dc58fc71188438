from ui.columns import Column, Figure, Instant, Link
from ui.tables import Table


class DraftTable(Table):
    caption = "Drafts"
    columns = (
        Link("Sell-to", lambda row: row.sell_to or "not named yet", url_name="orders:draft"),
        Column("Customer PO", "customer_po"),
        Figure("Lines", "line_count"),
        Instant("Saved", "saved_at", sort="saved"),
        Column("By", lambda row: str(row.saved_by.user)),
        Column("Whose", lambda row: str(row.owner.user)),
        Instant("Begun", "started_at"),
    )
