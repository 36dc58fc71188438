import gc
import io

import pytest
from pypdf import PdfReader

from ui.pdf_engine import ASSETS, ForbiddenAsset, OwnAssets, write


def test_our_own_static_files_are_served():
    answer = OwnAssets().fetch(f"{ASSETS}documents/print.css")
    assert answer.content_type == "text/css"
    assert b"IBM" in OwnAssets().fetch(f"{ASSETS}vendor/plex/OFL.txt").read()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/",
        "https://example.com/logo.png",
        "file:///etc/passwd",
        "ftp://example.com/x",
        "data:text/css,body{color:red}",
        f"{ASSETS}../manage.py",
        f"{ASSETS}documents/../../manage.py",
        f"{ASSETS}%2e%2e/manage.py",
        f"{ASSETS}/etc/passwd",
        f"{ASSETS}documents/missing.css",
        "http://assets.invalid/documents/print.css",
        "https://assets.invalid.example.com/documents/print.css",
        "https://user@assets.invalid/documents/print.css",
    ],
)
def test_nothing_else_can_be_fetched(url):
    with pytest.raises(ForbiddenAsset):
        OwnAssets().fetch(url)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="file:///etc/passwd">',
        '<img src="https://example.com/x.png">',
        '<link rel="stylesheet" href="http://127.0.0.1/x.css">',
        "<style>@import url(file:///etc/passwd)</style>",
        '<p style="background: url(https://example.com/x.png)">x',
        '<link rel="attachment" href="file:///etc/passwd">',
    ],
)
def test_a_document_that_asks_for_more_is_not_made(html):
    with pytest.raises(ForbiddenAsset):
        write(html)
    assert gc.isenabled()


def test_equal_html_gives_equal_bytes():
    html = '<link rel="stylesheet" href="documents/print.css"><p class="page">Łódź, 12.50</p>'
    made = write(html)
    assert made == write(html)
    assert "Łódź, 12.50" in PdfReader(io.BytesIO(made)).pages[0].extract_text()
