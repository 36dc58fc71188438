"""How far the snapshot reaches."""

from metrics.choices import RunKind
from metrics.models import SnapshotRun


def newest_run() -> SnapshotRun | None:
    """The finished run that knows most; None before the first."""
    return SnapshotRun.objects.filter(finished_at__isnull=False).order_by("-recorded_through", "-id").first()


def is_in_pieces() -> bool:
    """A rebuild is going on, or broke off: flows and positions do not belong together until the next run."""
    rebuilds = SnapshotRun.objects.filter(kind=RunKind.REBUILD, finished_at__isnull=True)
    broken = rebuilds.order_by("-id").first()
    return broken is not None and not SnapshotRun.objects.filter(pk__gt=broken.pk, finished_at__isnull=False).exists()
