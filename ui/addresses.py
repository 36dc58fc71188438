"""Addresses of the tenant's pages, of which a list writes hundreds: each pattern is reversed once."""

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse

# keys that no row has, to find their places by
FIRST_MARK = 7_000_000_000_000_000_001


def address_of(url_name: str, slug: str, *args: Any) -> str:
    """What `reverse` answers. Raises NoReverseMatch."""
    if any(type(each) is not int or each < 0 for each in args):
        return reverse(url_name, args=[slug, *args])
    parts = pattern(url_name, slug, len(args), get_urlconf(), get_script_prefix())
    return parts[0] + "".join(f"{key}{part}" for key, part in zip(args, parts[1:], strict=True))


@lru_cache(maxsize=4_000)
def pattern(url_name: str, slug: str, count: int, urlconf: str | None, prefix: str) -> tuple[str, ...]:
    """The address, cut where its keys stand. `urlconf` and `prefix` are what else an address depends on."""
    marks = [str(FIRST_MARK + place) for place in range(count)]
    found, rest = [], reverse(url_name, args=[slug, *map(int, marks)])
    for mark in marks:
        head, _, rest = rest.partition(mark)
        found.append(head)
    return (*found, rest)
