"""The collector of cycles rests while many rows are at work, and is back afterwards."""

import gc

import pytest

from values.collecting import collecting_nothing


@pytest.fixture(autouse=True)
def on():
    assert gc.isenabled()
    yield
    gc.enable()


def test_it_rests_within_and_is_back_afterwards():
    with collecting_nothing():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_back_after_an_error():
    with pytest.raises(ValueError, match="broken"), collecting_nothing():
        raise ValueError("broken")
    assert gc.isenabled()


def test_who_comes_in_while_another_is_at_it_leaves_it_off():
    with collecting_nothing():
        with collecting_nothing():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_whoever_switched_it_off_for_good_finds_it_off():
    gc.disable()
    with collecting_nothing():
        pass
    assert not gc.isenabled()
