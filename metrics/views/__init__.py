from metrics.views.bookings import Bookings
from metrics.views.deliveries import DeliveryList, SendAgain
from metrics.views.delivery import Delivery, DeliveryRows, RequestDelivery
from metrics.views.ledger_rows import LedgerRows
from metrics.views.liability import Liability, LiabilityRows, RequestLiability
from metrics.views.request_report import RequestReport
from metrics.views.runs import RunList
from metrics.views.schedule_rows import Backlog, Unbilled
from metrics.views.search import Search
from metrics.views.subscriptions import (
    CreateSubscription,
    EditSubscription,
    ResumeSubscription,
    StopSubscription,
    SubscriptionList,
)
from metrics.views.unsubscribe import Unsubscribe
from metrics.views.waiting import Waiting

__all__ = [
    "Backlog",
    "Bookings",
    "CreateSubscription",
    "Delivery",
    "DeliveryList",
    "DeliveryRows",
    "EditSubscription",
    "LedgerRows",
    "Liability",
    "LiabilityRows",
    "RequestDelivery",
    "RequestLiability",
    "RequestReport",
    "ResumeSubscription",
    "RunList",
    "Search",
    "SendAgain",
    "StopSubscription",
    "SubscriptionList",
    "Unbilled",
    "Unsubscribe",
    "Waiting",
]
