"""What came of a file, as one JSON object for programs."""

from collections.abc import Iterator
from typing import Any

from exchange.choices import BatchState
from exchange.findings import Severity
from exchange.models import ImportBatch, ImportRow


def report_of(batch: ImportBatch, *, file: str, error_file: str | None) -> dict[str, Any]:
    """Counts and findings of a batch. A finding about the file as a whole has the row null."""
    found = list(findings_of(batch))
    return {
        "kind": batch.kind,
        "file": file,
        "sha256": batch.sha256,
        "rows": batch.row_count,
        "accepted": batch.accepted_count,
        "rejected": batch.rejected_count,
        "unchanged": batch.unchanged_count,
        "warnings": [finding for severity, finding in found if severity == Severity.WARNING],
        "errors": [finding for severity, finding in found if severity == Severity.ERROR],
        "error_file": error_file,
    }


def findings_of(batch: ImportBatch) -> Iterator[tuple[str, dict[str, Any]]]:
    if batch.state == BatchState.FAILED:
        yield Severity.ERROR, about_file(batch.mapping.get("problem", "unreadable"), batch.message)
    for sentence in batch.mapping.get("quarantine", ()):
        yield Severity.WARNING, about_file("quarantined", sentence)
    rows = ImportRow.objects.filter(batch=batch).exclude(findings=[]).order_by("number")
    for number, findings in rows.values_list("number", "findings").iterator(chunk_size=2_000):
        for finding in findings:
            said = {name: finding[name] for name in ("field", "code", "message")}
            yield finding["severity"], {"row": number, **said}


def about_file(code: str, message: str) -> dict[str, Any]:
    return {"row": None, "field": "", "code": code, "message": message}
