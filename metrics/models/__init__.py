from metrics.models.backlog_position import BacklogPosition
from metrics.models.daily_flow import DailyFlow
from metrics.models.delivery_outcome import DeliveryOutcome
from metrics.models.delivery_run import DeliveryRun
from metrics.models.report_delivery import ReportDelivery
from metrics.models.report_subscription import ReportSubscription
from metrics.models.snapshot_run import SnapshotRun

__all__ = [
    "BacklogPosition",
    "DailyFlow",
    "DeliveryOutcome",
    "DeliveryRun",
    "ReportDelivery",
    "ReportSubscription",
    "SnapshotRun",
]
