"""The list of papers that were mailed."""

from jobs.mailing import TONES, error_of, state_words
from ui.columns import Chip, Column, Figure, Instant, Link
from ui.tables import Table


class MailTable(Table):
    caption = "Documents sent by e-mail"
    columns = (
        Column("Mail", "pk", css="num", sort="number"),
        Link("Order", "order.number", url_name="orders:order_detail", args=("order_id",)),
        Column("Document", "title"),
        Column("Sell-to", "order.sell_to.short_name", css="name"),
        Column("To", "address"),
        Column("Name", "recipient", is_extra=True),
        Column("By", "asked_by.user"),
        Instant("Asked", "created_at"),
        Chip("State", state_words, tones=TONES),
        Instant("Sent", "sent_at"),
        Figure("Tries", "tries", is_extra=True),
        Column("Why not", error_of, css="wrapped"),
    )
