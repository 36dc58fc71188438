from typing import Any

from exchange.choices import BatchState
from exchange.kinds import kinds
from exchange.models import ImportBatch
from ui.columns import Chip, Column, Figure, Instant, Link, YesNo
from ui.tables import Table

TONES = {
    BatchState.ACCEPTED: "good",
    BatchState.WAITING: "warn",
    BatchState.QUARANTINED: "warn",
    BatchState.FAILED: "bad",
    BatchState.READY: "info",
}


def kind_title(batch: ImportBatch) -> str:
    """In words; a kind that is no more keeps its name."""
    found = kinds().get(batch.kind)
    return found.title if found else batch.kind


class BatchTable(Table):
    caption = "Files"
    columns: tuple[Column, ...] = (
        Link("File", "file_name", url_name="exchange:batch_detail"),
        Column("Kind", kind_title),
        Chip("State", "get_state_display", tones=TONES, tone_path="state"),
        Figure("Rows", "row_count"),
        Figure("Taken", "accepted_count", is_wide_only=True),
        Figure("Rejected", "rejected_count"),
        Figure("Unchanged", "unchanged_count", is_wide_only=True),
        Figure("Waiting", "warning_count"),
        Instant("Uploaded", "uploaded_at", sort="number"),
    )

    def row_css(self, row: Any) -> str:
        if row.state == BatchState.FAILED:
            return "is-bad"
        return "is-warn" if row.state in (BatchState.WAITING, BatchState.QUARANTINED) else ""


class TradingPartnerTable(Table):
    caption = "Trading partners"
    columns = (
        Link("Name", "name", url_name="exchange:trading_partner_detail"),
        Column("Qualifier", "qualifier"),
        Column("Identity", "identity"),
        Column("Application", "application"),
        Column("Currency", "currency"),
        YesNo("Tests are real", "test_allowed"),
    )
