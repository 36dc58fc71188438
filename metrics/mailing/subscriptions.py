"""What a subscription may ask for: who gets whose figures."""

from dataclasses import dataclass, replace

from catalog.models import Product, ProductFamily
from metrics.choices import Cadence, MailedReport
from parties.choices import PartyRole
from parties.models import Party
from tenancy.choices import Role
from tenancy.models import Member


class SubscriptionRefused(ValueError):
    """The text says why, `field` where it can be mended."""

    def __init__(self, message: str, field: str = ""):
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for. A member or an address; `party` narrows the figures to one sell-to."""

    name: str
    member: Member | None
    email: str
    party: Party | None
    cadence: str
    weekday: int
    hour: int
    span: str
    has_pdf: bool
    has_xlsx: bool
    end_buyer: Party | None = None
    family: ProductFamily | None = None
    product: Product | None = None
    report: str = MailedReport.BOOKINGS


def check(wanted: Wanted) -> Wanted:
    """The same with an outsider's own party filled in."""
    if not wanted.has_pdf and not wanted.has_xlsx:
        raise SubscriptionRefused("Choose the PDF, the workbook or both.", "has_pdf")
    if (wanted.member is None) == (not wanted.email):
        raise SubscriptionRefused("Choose a member, or give an address outside.", "member")
    if wanted.cadence not in Cadence.values:
        raise SubscriptionRefused("Choose how often.", "cadence")
    narrowed = for_outsider(wanted)
    if narrowed.party and not narrowed.party.role_facts.filter(role=PartyRole.SELL_TO).exists():
        raise SubscriptionRefused(f"{narrowed.party.name} is no sell-to: it has no figures of its own.", "party")
    return narrowed


def for_outsider(wanted: Wanted) -> Wanted:
    """Whoever is outside gets the figures of one party: its own, or that of the address."""
    member = wanted.member
    if member is None:
        if wanted.party is None:
            raise SubscriptionRefused("An address outside gets the figures of one sell-to: name it.", "party")
        return wanted
    if not member.is_active:
        raise SubscriptionRefused("This member is not active.", "member")
    if member.role == Role.DOCK:
        raise SubscriptionRefused("A dock has no figures of its own.", "member")
    if member.party_id is None:
        return wanted
    return replace(wanted, party=Party.objects.get(pk=member.party_id))
