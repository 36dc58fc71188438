"""What came of a file: one JSON object for programs, lines for people, an exit code for scripts."""

from collections.abc import Iterator
from typing import Any

from exchange.choices import BatchState
from exchange.findings import Severity
from exchange.models import ImportBatch, ImportRow

ALL_TAKEN, NOTHING_READ, SOME_LEFT = 0, 1, 2


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


def in_words(batch: ImportBatch, report: dict[str, Any]) -> str:
    waiting = f", {batch.warning_count} waiting" if batch.warning_count else ""
    lines = [
        f"{batch.file_name}: {report['rows']} rows, {report['accepted']} accepted, {report['rejected']} rejected, "
        f"{report['unchanged']} unchanged{waiting}"
    ]
    for kind in ("warnings", "errors"):
        for finding in report[kind]:
            row = f"row {finding['row']}" if finding["row"] else "file"
            lines.append(f"  {kind[:-1]}: {row} {finding['field']}: {finding['message']} [{finding['code']}]")
    if report["error_file"]:
        lines.append(f"Rejected rows: {report['error_file']}")
    if batch.state in (BatchState.WAITING, BatchState.QUARANTINED):
        lines.append("Some rows wait: look at the warnings, then run again with --accept-warnings.")
    if any(finding["code"].startswith("unknown_") for finding in report["errors"]):
        lines.append(
            f"What is unknown: resume_import {batch.pk} --missing. Once it is known: resume_import {batch.pk}."
        )
    return "\n".join(lines)


def exit_code(batch: ImportBatch) -> int:
    """0 when every row was taken or unchanged, 2 when some were refused or wait, 1 when nothing could be read."""
    if batch.state == BatchState.FAILED:
        return NOTHING_READ
    is_waiting = batch.state == BatchState.QUARANTINED or batch.warning_count > 0
    return SOME_LEFT if batch.rejected_count or is_waiting else ALL_TAKEN
