from datetime import datetime

from django.db import IntegrityError, transaction

from jobs.actions.request_job import request_job
from metrics.mailing.days import due_as_of
from metrics.mailing.recipients import address_of, is_open_to, rhythm_of
from metrics.models import ReportDelivery, ReportSubscription
from tenancy.directory import active_tenants
from tenancy.models import Tenant
from tenancy.scope import current_tenant_id, tenant_scope

PREPARE = "report_delivery"


def request_deliveries(*, at: datetime) -> int:
    """Ask for every mail that has fallen due at a tenant's own local time; how many are new.

    Each subscription and day is one delivery, so it may be called as often as one likes.
    """
    made = 0
    for tenant in active_tenants():
        with tenant_scope(tenant.id):
            made += request_for_tenant(at)
    return made


def request_for_tenant(at: datetime) -> int:
    """The deliveries that are due in the tenant in scope."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    running = ReportSubscription.objects.filter(is_active=True).select_related("member__user", "party").order_by("pk")
    return sum(request_one(tenant, each, at) for each in running if is_open_to(each))


def request_one(tenant: Tenant, subscription: ReportSubscription, at: datetime) -> bool:
    as_of = due_as_of(rhythm_of(tenant, subscription), subscription.since, at)
    if as_of is None or subscription.deliveries.filter(as_of=as_of).exists():
        return False
    try:
        with transaction.atomic():
            delivery = ReportDelivery.objects.create(
                subscription=subscription,
                as_of=as_of,
                address=address_of(subscription),
                party=subscription.party,
                created_at=at,
            )
    except IntegrityError:
        # another clock was first
        return False
    job = request_job(kind=PREPARE, unique_key=str(delivery.pk), payload={"delivery": delivery.pk}, by=None, at=at)
    ReportDelivery.objects.filter(pk=delivery.pk).update(job=job)
    return True
