"""Words of the after-sale rooms; see docs/domain.md."""

from django.db.models import TextChoices


class PriceBasis(TextChoices):
    """From what a ship-and-debit claim is counted down to the agreed cost; stated per partner."""

    INVENTORY_COST = "inventory_cost", "Inventory cost"
    BOOK_ON_RESALE_DATE = "book_on_resale", "Book price on the resale date"
    AGREEMENT_BOOK = "agreement_book", "Book price fixed in the agreement"


class Ownership(TextChoices):
    THEIRS = "theirs", "Theirs"
    OURS = "ours", "Ours"


class StockKind(TextChoices):
    SELL_IN = "sell_in", "Sell-in"
    CONSIGN_IN = "consign_in", "Consignment in"
    TRANSFER_IN = "transfer_in", "Transfer in"
    TRANSFER_OUT = "transfer_out", "Transfer out"
    POS = "pos", "Point of sale"
    END_RETURN = "end_return", "Return by the end buyer"
    RETURN_TO_US = "return_to_us", "Return to us"
    SCRAP = "scrap", "Scrap"
    JIT_PULL = "jit_pull", "JIT pull"
    ADJUSTMENT = "adjustment", "Adjustment"


RARE_STOCK_KINDS = [str(kind) for kind in StockKind if kind not in (StockKind.SELL_IN, StockKind.POS)]


class LayerKind(TextChoices):
    SELL_IN = "sell_in", "Sell-in"
    OPENING = "opening", "Opening stock"
    TRANSFER = "transfer", "Transfer"


class ConsumptionKind(TextChoices):
    """`shortage` names no layer: it was sold beyond what we knew of, at the book price of its day."""

    CONSUME = "consume", "Consumed"
    SHORTAGE = "no_layer", "No layer"
    REVERSE = "reverse", "Reversed"
    TRUE_UP = "true_up", "Trued up"


class PosState(TextChoices):
    CURRENT = "current", "Current"
    CORRECTED = "corrected", "Replaced by a correction"


class TextState(TextChoices):
    """Of an end buyer as reported."""

    OPEN = "open", "To certify"
    LATER = "later", "Put off"
    CERTIFIED = "certified", "Certified"
    REJECTED = "rejected", "Rejected"


# nobody has said yet who they are
WAITING_TEXTS = (TextState.OPEN, TextState.LATER)


class CertificationMethod(TextChoices):
    CODE = "code", "Exact code"
    ALIAS = "alias", "Learnt alias"
    NAME = "name", "Name and address"
    PERSON = "person", "By a person"
    CREATED = "created", "Party created"


class ClaimState(TextChoices):
    OPEN = "open", "Open"
    CREDITED = "credited", "Credited"


class ClaimLineState(TextChoices):
    PENDING = "pending", "Pending"
    APPROVED = "approved", "Approved"
    DENIED = "denied", "Denied"
    REVERSED = "reversed", "Reversed"


class Verdict(TextChoices):
    """What a person decides about a claim line."""

    APPROVE = "approve", "Approve"
    DENY = "deny", "Deny"
    PEND = "pend", "Pend"


class ClaimReason(TextChoices):
    """X12 901: why a line is adjusted or denied. The label is what a person reads beside the code."""

    INVALID_AUTHORISATION = "01", "Invalid authorisation"
    EXPIRED = "02", "Authorisation expired"
    PRODUCT_NOT_ON_IT = "03", "Product not on the authorisation"
    QUANTITY_EXCEEDED = "04", "Quantity exceeds the authorisation"
    NOTHING_LEFT = "05", "Nothing left on the authorisation"
    SPECIAL_COST_WRONG = "06", "Special cost wrong"
    CATALOGUE_COST_WRONG = "07", "Catalogue cost wrong"
    DUPLICATE_LINE = "12", "Duplicate line"
    PART_UNKNOWN = "14", "Part number wrong"
    DATA_MISSING = "15", "Data missing"
    RESALE_ABOVE_AUTHORISED = "16", "Resale price above the authorised"
    NOT_BELOW_BOOK = "17", "Agreed cost not below book"
    DATE_MISSING = "18", "Date missing"
    DATE_BEFORE_START = "19", "Resold before the authorisation starts"
    DATE_AFTER_END = "20", "Resold after the authorisation ends"
    PENDING_REVIEW = "25", "Pending review"
    CUSTOMER_WRONG = "26", "Customer not on the authorisation"
    DATE_INVALID = "27", "Date invalid"
    DUPLICATE_CLAIM = "28", "Already claimed"
    TOO_LATE = "29", "Claimed too late"


class LiabilityKind(TextChoices):
    SHIP_AND_DEBIT = "ship_and_debit", "Ship and debit"
    VOLUME_REBATE = "volume_rebate", "Volume rebate"
    PRICE_PROTECTION = "protection", "Price protection"
    STOCK_ROTATION = "rotation", "Stock rotation"
    RETURNS = "returns", "Returns"


class LiabilityEntry(TextChoices):
    """What moves the buckets: accrue + estimated; adjust ± estimated; approve − estimated, + claimed; deny − estimated;
    settle − claimed; reverse the negative of one named row."""

    ACCRUE = "accrue", "Accrued"
    ADJUST = "adjust", "Adjusted"
    APPROVE = "approve", "Approved"
    DENY = "deny", "Denied"
    SETTLE = "settle", "Settled"
    REVERSE = "reverse", "Reversed"


class GapClass(TextChoices):
    """Why a partner reports another stock than we compute."""

    NONE = "none", "Agrees"
    UNIT_FACTOR = "unit_factor", "Unit of measure factor"
    WRONG_BRANCH = "wrong_branch", "Wrong branch"
    DUPLICATE_FILE = "duplicate", "Duplicate file"
    IN_TRANSIT = "in_transit", "In transit"
    MISSING_WEEK = "missing_week", "Missing POS week"
    UNEXPLAINED = "unexplained", "Unexplained"
