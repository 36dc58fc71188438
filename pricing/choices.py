from django.db.models import TextChoices


class PriceListKind(TextChoices):
    BOOK = "book", "Book: assigned to sell-tos"
    BASE = "base", "Base: for everybody, last resort"


class Mechanism(TextChoices):
    DIRECT = "direct", "Direct: the agreed price is charged"
    SHIP_AND_DEBIT = "ship_and_debit", "Ship and debit: book is charged, the difference claimed after resale"


class AgreementStatus(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    APPROVED = "approved", "Approved"
    SUPERSEDED = "superseded", "Superseded"
    EXPIRED = "expired", "Expired"
    CLOSED = "closed", "Closed"


AGREEMENT_TRANSITIONS: dict[str, tuple[str, ...]] = {
    AgreementStatus.DRAFT: (AgreementStatus.SUBMITTED, AgreementStatus.CLOSED),
    AgreementStatus.SUBMITTED: (AgreementStatus.APPROVED, AgreementStatus.DRAFT, AgreementStatus.CLOSED),
    AgreementStatus.APPROVED: (AgreementStatus.SUPERSEDED, AgreementStatus.EXPIRED, AgreementStatus.CLOSED),
    AgreementStatus.SUPERSEDED: (),
    AgreementStatus.EXPIRED: (AgreementStatus.SUPERSEDED,),
    AgreementStatus.CLOSED: (),
}


# an expired agreement still prices the days on which it was valid
IN_FORCE = frozenset({AgreementStatus.APPROVED, AgreementStatus.EXPIRED})


class TierBasis(TextChoices):
    LINE = "line", "The line's own quantity"
    CUMULATIVE = "cumulative", "The agreement's quantity so far, this line included"


class PriceSource(TextChoices):
    """The step of the resolution that gave the price, in the order in which they are tried."""

    MANUAL = "manual", "Manual override"
    AGREEMENT_SELL_TO = "agreement_sell_to", "Agreement for this end buyer and sell-to"
    AGREEMENT_ANY = "agreement_any", "Agreement for this end buyer, any sell-to"
    CONTRACT = "contract", "Contract price of the sell-to"
    PRICE_LIST = "price_list", "Assigned price list"
    BASE_LIST = "base_list", "Base list"
    NONE = "none", "No price"
