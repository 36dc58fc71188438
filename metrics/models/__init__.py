from metrics.models.backlog_position import BacklogPosition
from metrics.models.daily_flow import DailyFlow
from metrics.models.snapshot_run import SnapshotRun

__all__ = ["BacklogPosition", "DailyFlow", "SnapshotRun"]
