"""Who gets a mail, when, and whose figures are in it."""

from metrics.asked import Asked
from metrics.choices import SpanKind
from metrics.mailing.days import Rhythm
from metrics.models import ReportDelivery, ReportSubscription
from metrics.reports.question import period_start, quarter_start, year_start
from tenancy.fiscal import calendar_of
from tenancy.models import Tenant

STARTS = {SpanKind.PERIOD: period_start, SpanKind.QUARTER: quarter_start, SpanKind.YEAR: year_start}


def is_outside(subscription: ReportSubscription) -> bool:
    """Whether the mail leaves the house: to an address, or to a member of a partner."""
    return subscription.member is None or subscription.member.is_outsider


def address_of(subscription: ReportSubscription) -> str:
    return subscription.member.user.email if subscription.member else subscription.email


def is_open_to(subscription: ReportSubscription) -> bool:
    """A member who has left, or who belongs to another party by now, gets no figures any more."""
    member = subscription.member
    if member is None:
        return subscription.party_id is not None
    if not member.is_active:
        return False
    if member.is_outsider:
        return member.may("partner.orders") and member.party_id == subscription.party_id
    return member.may("reports.view")


def rhythm_of(tenant: Tenant, subscription: ReportSubscription) -> Rhythm:
    calendar = calendar_of(tenant)
    return Rhythm(subscription.cadence, subscription.weekday, subscription.hour, tenant.zone, calendar)


def asked_for(tenant: Tenant, delivery: ReportDelivery) -> Asked:
    """An outsider is asked for as its one party, without the branches that it does not see in the program either."""
    subscription = delivery.subscription
    return Asked(
        as_of=delivery.as_of,
        first=STARTS[SpanKind(subscription.span)](tenant, delivery.as_of),
        sell_to_id=subscription.party_id,
        is_sell_to_alone=is_outside(subscription),
        end_buyer_id=subscription.end_buyer_id,
        product_id=subscription.product_id,
        family_id=subscription.family_id,
    )
