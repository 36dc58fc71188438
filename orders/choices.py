from django.db.models import TextChoices


class OrderType(TextChoices):
    STANDARD = "standard", "Standard"
    SCHEDULED = "scheduled", "Scheduled"
    BLANKET = "blanket", "Blanket: only its releases book"
    CONSIGNMENT = "consignment", "Consignment / VMI fill: stock moves, ownership stays ours"
    SAMPLE = "sample", "Sample: quantity at value 0"
    REPLACEMENT = "replacement", "Replacement: quantity at value 0"


# every measure says which types it includes
BOOKING_TYPES = (OrderType.STANDARD, OrderType.SCHEDULED, OrderType.SAMPLE, OrderType.REPLACEMENT)
FREE_TYPES = (OrderType.SAMPLE, OrderType.REPLACEMENT)
# a blanket is promised and shipped by the orders that release from it
SHIPPING_TYPES = tuple(each for each in OrderType if each != OrderType.BLANKET)
# a fill of consignment stock stays ours until it is pulled
BILLING_TYPES = BOOKING_TYPES


class OrderSource(TextChoices):
    FORM = "form", "Entered by hand"
    FILE = "file", "File"
    X12 = "x12", "X12 850"


class OrderStatus(TextChoices):
    ENTERED = "entered", "Entered"
    HELD = "held", "On hold"
    BOOKED = "booked", "Booked"
    PART_SHIPPED = "part_shipped", "Part shipped"
    SHIPPED = "shipped", "Shipped"
    CANCELLED = "cancelled", "Cancelled"


OPEN_ORDERS = [
    OrderStatus.ENTERED.value,
    OrderStatus.HELD.value,
    OrderStatus.BOOKED.value,
    OrderStatus.PART_SHIPPED.value,
]


class LineStatus(TextChoices):
    ENTERED = "entered", "Entered"
    HELD = "held", "On booking hold"
    BOOKED = "booked", "Booked"
    SHIPPED = "shipped", "Shipped"
    CANCELLED = "cancelled", "Cancelled"


UNBOOKED = (LineStatus.ENTERED, LineStatus.HELD)


class DateBasis(TextChoices):
    SHIP = "ship", "Dates mean leaving our site"
    DOCK = "dock", "Dates mean arriving at the customer's dock"


class Verb(TextChoices):
    BOOKED = "booked", "Booked"
    QTY_INCREASED = "qty_increased", "Quantity increased"
    QTY_DECREASED = "qty_decreased", "Quantity decreased"
    PRICE_CHANGED = "price_changed", "Price changed"
    CANCELLED = "cancelled", "Cancelled"
    REQUEST_MOVED = "request_moved", "Request date moved"
    COMMIT_SET = "commit_set", "Commit set"
    COMMIT_MOVED = "commit_moved", "Commit moved"
    SPLIT = "split", "Split"
    TRANSFERRED = "transferred", "Transferred"
    SHIPPED = "shipped", "Shipped"
    UNSHIPPED = "unshipped", "Shipment undone"
    INVOICED = "invoiced", "Invoiced"
    CREDITED = "credited", "Credited"


# the rows whose deltas add up to open backlog; the two others add up to billings
BACKLOG_VERBS = (
    Verb.BOOKED,
    Verb.QTY_INCREASED,
    Verb.QTY_DECREASED,
    Verb.PRICE_CHANGED,
    Verb.CANCELLED,
    Verb.SPLIT,
    Verb.TRANSFERRED,
    Verb.SHIPPED,
    Verb.UNSHIPPED,
)
BILLING_VERBS = (Verb.INVOICED, Verb.CREDITED)
DATE_VERBS = (Verb.REQUEST_MOVED, Verb.COMMIT_SET, Verb.COMMIT_MOVED)
# what does not happen to nearly every schedule once
RARE_VERBS = [str(verb) for verb in Verb if verb not in (Verb.BOOKED, Verb.COMMIT_SET, Verb.SHIPPED, Verb.INVOICED)]


class Initiator(TextChoices):
    CUSTOMER = "customer", "Customer"
    US = "us", "Us"
    SUPPLIER = "supplier", "Supplier"


class HoldScope(TextChoices):
    BOOKING = "booking", "Booking hold: the line stays unbooked"
    SHIPPING = "shipping", "Shipping hold: the line books, release is blocked"


class HoldKind(TextChoices):
    NO_PRICE = "no_price", "No price"
    DUPLICATE_PO = "duplicate_po", "Duplicate PO"
    END_BUYER_REQUIRED = "end_buyer_required", "End buyer required"
    DENIED_PARTY = "denied_party", "Denied party"
    PRICE_DIFFERS = "price_differs", "Price differs from the customer's PO"
    BELOW_FLOOR = "below_floor", "Manual price below floor"
    CREDIT = "credit", "Credit"
    TERMS = "terms", "Shipping terms missing"
    EXPORT = "export", "Export control"


SCOPE_OF_HOLD: dict[str, HoldScope] = {
    HoldKind.NO_PRICE: HoldScope.BOOKING,
    HoldKind.DUPLICATE_PO: HoldScope.BOOKING,
    HoldKind.END_BUYER_REQUIRED: HoldScope.BOOKING,
    HoldKind.DENIED_PARTY: HoldScope.BOOKING,
    HoldKind.PRICE_DIFFERS: HoldScope.BOOKING,
    HoldKind.BELOW_FLOOR: HoldScope.BOOKING,
    HoldKind.CREDIT: HoldScope.SHIPPING,
    HoldKind.TERMS: HoldScope.SHIPPING,
    HoldKind.EXPORT: HoldScope.SHIPPING,
}

# the right that a member needs to release a hold by hand
RIGHT_TO_RELEASE: dict[str, str] = {
    HoldKind.NO_PRICE: "prices.approve",
    HoldKind.DUPLICATE_PO: "holds.release",
    HoldKind.END_BUYER_REQUIRED: "holds.release",
    HoldKind.DENIED_PARTY: "prices.approve",
    HoldKind.PRICE_DIFFERS: "holds.release",
    HoldKind.BELOW_FLOOR: "prices.approve",
    HoldKind.CREDIT: "credit.release",
    HoldKind.TERMS: "holds.release",
    HoldKind.EXPORT: "holds.release",
}

# what a release by hand cannot mend: the cause itself has to go
UNRELEASABLE = (HoldKind.NO_PRICE, HoldKind.END_BUYER_REQUIRED, HoldKind.TERMS)


class InvoiceKind(TextChoices):
    INVOICE = "invoice", "Invoice"
    CREDIT_MEMO = "credit_memo", "Credit memo"


class CreditKind(TextChoices):
    PRICE = "price", "Price credit"
    QUANTITY = "quantity", "Quantity credit"
    RETURN = "return", "Return (RMA)"
