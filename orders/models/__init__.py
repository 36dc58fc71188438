from orders.models.acknowledgement import Acknowledgement
from orders.models.attachment import OrderAttachment
from orders.models.draft import OrderDraft
from orders.models.hold import Hold
from orders.models.invoice import Invoice, InvoiceLine
from orders.models.ledger import OrderLedger
from orders.models.line import OrderLine
from orders.models.note import OrderNote
from orders.models.order import Order
from orders.models.paper_mail import PaperMail
from orders.models.schedule import Schedule

__all__ = [
    "Acknowledgement",
    "Hold",
    "Invoice",
    "InvoiceLine",
    "Order",
    "OrderAttachment",
    "OrderDraft",
    "OrderLedger",
    "OrderLine",
    "OrderNote",
    "PaperMail",
    "Schedule",
]
