"""Addresses put together from patterns are those that `reverse` answers."""

import pytest
from django.urls import NoReverseMatch, get_script_prefix, reverse, set_script_prefix

from ui.addresses import address_of


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("orders:order_list", ()),
        ("orders:order_detail", (7,)),
        ("orders:order_detail", (900_000_000_000,)),
        ("orders:hold_release", (12, 345)),
        ("orders:order_detail", ("7",)),
    ],
)
def test_an_address_is_that_of_reverse(name, args):
    for slug in ("aurora", "kestrel"):
        assert address_of(name, slug, *args) == reverse(name, args=[slug, *args])


def test_an_address_that_is_not_there_is_refused():
    for args in (("no",), (-1,), (1, 2)):
        with pytest.raises(NoReverseMatch):
            address_of("orders:order_detail", "aurora", *args)


def test_another_prefix_is_another_address():
    before = address_of("orders:order_detail", "aurora", 7)
    usual = get_script_prefix()
    set_script_prefix("/oms/")
    try:
        assert address_of("orders:order_detail", "aurora", 7) == f"/oms{before}"
    finally:
        set_script_prefix(usual)
