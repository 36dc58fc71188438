"""The rows of a file that are rejected as things stand, as a file to be mended: before anything of it is taken, too."""

from collections.abc import Iterator

from exchange.batches.error_file import error_file, error_file_name
from exchange.choices import RowState
from exchange.findings import from_json
from exchange.models import ImportBatch, ImportRow
from exchange.rows import Row

FETCH_ROWS = 2_000


def refused_file(batch: ImportBatch) -> tuple[bytes, str, str]:
    """Content, content type and name."""
    content, content_type, ending = error_file(
        refused_rows(batch), batch.mapping.get("columns", ()), batch.mapping.get("dialect", "")
    )
    return content, content_type, error_file_name(batch.file_name, ending)


def refused_rows(batch: ImportBatch) -> Iterator[Row]:
    """By the index import_row_by_state."""
    rows = ImportRow.objects.filter(batch=batch, state=RowState.BAD).order_by("number")
    for row in rows.only("number", "source", "findings").iterator(chunk_size=FETCH_ROWS):
        yield Row(row.number, row.source, findings=[from_json(found) for found in row.findings])
