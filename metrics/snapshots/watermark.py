"""How far the snapshot reaches."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from metrics.choices import RunKind
from metrics.models import SnapshotRun

BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
# Longer than any transaction lasts that writes to the ledger: a row may become visible so long after its recorded_at.
OVERLAP = timedelta(hours=2)


@dataclass(frozen=True)
class Coverage:
    """What a reader takes from the snapshot: all of it that was recorded up to `through`, or nothing of it."""

    run: SnapshotRun | None

    @property
    def use_snapshot(self) -> bool:
        return self.run is not None

    @property
    def through(self) -> datetime:
        """Ledger rows recorded after this are read from the ledger."""
        return self.run.recorded_through if self.run else BEGINNING


NOTHING = Coverage(None)


def newest_run() -> SnapshotRun | None:
    """The finished run that knows most; None before the first."""
    return SnapshotRun.objects.filter(finished_at__isnull=False).order_by("-recorded_through", "-id").first()


def is_in_pieces() -> bool:
    """A rebuild is going on, or broke off: flows and positions do not belong together until the next run."""
    rebuilds = SnapshotRun.objects.filter(kind=RunKind.REBUILD, finished_at__isnull=True)
    broken = rebuilds.order_by("-id").first()
    return broken is not None and not SnapshotRun.objects.filter(pk__gt=broken.pk, finished_at__isnull=False).exists()


def coverage() -> Coverage:
    """The snapshot when it is whole; a reader without one goes to the ledger and gets the same figures."""
    return NOTHING if is_in_pieces() else Coverage(newest_run())
