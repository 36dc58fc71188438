"""The figures of a page, and the rows that their links lead to."""

import csv
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from html import unescape
from io import StringIO
from typing import Any

Open = Callable[[str], Any]
Rows = list[dict[str, str]]


def figures_of(page: str) -> list[tuple[str, str]]:
    """Address and text of each figure that is a link."""
    found = re.findall(r'<a class="fig[^"]*" href="([^"]+)">([^<]+)</a>', page)
    return [(unescape(href), text) for href, text in found]


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


def follower(open_page: Open) -> Callable[[str], Rows]:
    """Reads the rows behind an address; one that several figures share is read once."""

    @cache
    def follow(href: str) -> Rows:
        answer = open_page(f"{href}&export=csv")
        assert answer.status_code == 200, href
        return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    return follow
