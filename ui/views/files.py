"""Rows as a file to download."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import FileResponse, HttpResponseBase

from tenancy.scope import current_scope, open_scope
from ui import exports

EXPORTS = ("csv", "xlsx")


@dataclass(frozen=True)
class ExportLink:
    label: str
    href: str


def file_of(
    kind: str, name: str, labels: Sequence[str], rows: Iterator[Sequence[Any]], *, sheet: str
) -> HttpResponseBase:
    if kind == "csv":
        body = scoped(exports.csv_chunks(labels, rows))
        return attachment(StreamingHttpResponse(body, content_type=exports.CSV_TYPE), name)
    book = exports.xlsx_file(labels, rows, sheet=sheet)
    return FileResponse(book, as_attachment=True, filename=name, content_type=exports.XLSX_TYPE)


def scoped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks, made in the scope of this request: a streamed body runs after the middleware has left."""
    scope = current_scope()

    def run() -> Iterator[bytes]:
        with open_scope(scope):
            yield from chunks

    return run()


def attachment(response: HttpResponse | StreamingHttpResponse, name: str) -> Any:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
