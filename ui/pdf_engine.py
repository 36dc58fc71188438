"""The one module that imports WeasyPrint: it takes most of a second and its system libraries to load."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.html import UA
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# documents refer to their sheet and fonts under this name, which no network knows
ASSETS = "https://assets.invalid/"


class ForbiddenAsset(Exception):
    """A document asked for something that is not one of our own static files: it is not drawn without it."""


class OwnAssets(URLFetcher):
    """Serves static files of the project, and nothing else: no network, no other file, no data address."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}/" != ASSETS:
            raise ForbiddenAsset(f"A document may not fetch {url[:200]}")
        name = unquote(parts.path).lstrip("/")
        path = finders.find(name) if ".." not in name.split("/") else None
        if not isinstance(path, str):
            raise ForbiddenAsset(f"There is no static file {name[:200]}")
        kind = guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body=Path(path).read_bytes(), headers={"Content-Type": kind})


class Printed(HTML):
    """A document without footnotes and notes: WeasyPrint computes four styles of theirs for each element it draws."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: FBT001, FBT002  WeasyPrint's own
        return [plain_sheet()]


@cache
def plain_sheet() -> CSS:
    """The browser's own sheet, as far as our documents need it."""
    sheet = re.sub(r"^::(?:foot)?note[^\n]*\n", "", UA, flags=re.MULTILINE).replace("\n::marker", "\nli::marker")
    return CSS(string=sheet, counter_style=CounterStyle())


@cache
def printed_sheet(name: str) -> tuple[CSS, FontConfiguration]:
    """A sheet of ours with its fonts, read once."""
    fonts = FontConfiguration()
    return CSS(url=f"{ASSETS}{name}", url_fetcher=OwnAssets(fail_on_errors=True), font_config=fonts), fonts


def write(html: str, sheet: str = "") -> bytes:
    """The document as PDF, dressed by a static file of ours. Equal HTML gives equal bytes: dates come from its own meta
    elements.
    """
    try:
        document = Printed(string=html, base_url=ASSETS, url_fetcher=OwnAssets(fail_on_errors=True))
        css, fonts = printed_sheet(sheet) if sheet else (None, None)
        with uncollected():
            return document.write_pdf(stylesheets=[css] if css else None, font_config=fonts)
    except FatalURLFetchingError as error:
        # not an Exception in WeasyPrint, so it would end the worker
        raise ForbiddenAsset(str(error.__cause__ or error)) from error


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for unreachable cycles.

    Drawing makes millions of objects and keeps nearly all to the end, so looking through them again and again takes a
    fifth of the time of a long document and frees nothing.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
