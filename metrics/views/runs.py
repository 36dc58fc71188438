from metrics.models import SnapshotRun
from metrics.tables import RunTable
from ui.views.list import ListPage


class RunList(ListPage):
    """When the snapshot was made, from how many rows, and whether it reconciles to the ledger."""

    permission = "reports.view"
    model = SnapshotRun
    table_class = RunTable
    heading = "Snapshots"
    empty_title = "No snapshot yet"
    empty_text = "The first night makes one; until then figures are read from the ledger and are the same."
