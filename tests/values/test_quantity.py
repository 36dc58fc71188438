import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.quantity import Quantity, UnitMismatchError, check_quantity, next_multiple


def test_quantities_of_one_unit_add_up():
    assert Quantity(3, "pcs") + Quantity(4, "pcs") == Quantity(7, "pcs")
    assert Quantity(3, "pcs") - Quantity(4, "pcs") == -Quantity(1, "pcs")
    assert Quantity(3, "pcs") < Quantity(4, "pcs") <= Quantity(4, "pcs")


def test_units_do_not_mix():
    pieces, reels = Quantity(1, "pcs"), Quantity(1, "reel")
    assert pieces != reels
    for mix in (
        lambda: pieces + reels,
        lambda: pieces - reels,
        lambda: pieces < reels,
        lambda: pieces >= reels,
    ):
        with pytest.raises(UnitMismatchError, match="Cannot mix"):
            mix()


def test_a_quantity_reads_well():
    assert str(Quantity(12500, "pcs")) == "12,500 pcs"


@pytest.mark.parametrize(
    ("quantity", "minimum", "multiple", "code", "suggestion"),
    [
        (0, 1, 1, "not_positive", 1),
        (-5, 100, 50, "not_positive", 100),
        (99, 100, 50, "below_minimum", 100),
        (10, 120, 50, "below_minimum", 150),
        (130, 100, 50, "not_multiple", 150),
    ],
)
def test_a_bad_quantity_is_explained_with_a_better_one(quantity, minimum, multiple, code, suggestion):
    problem = check_quantity(quantity, minimum, multiple)
    assert problem is not None
    assert (problem.code, problem.suggestion) == (code, suggestion)


def test_the_message_names_both_figures():
    problem = check_quantity(1300, 1000, 500)
    assert problem is not None
    assert problem.message == "1,300 is not a multiple of 500. The next is 1,500."


@pytest.mark.parametrize(("quantity", "minimum", "multiple"), [(1, 1, 1), (150, 100, 50), (100, 100, 50)])
def test_a_good_quantity_has_no_problem(quantity, minimum, multiple):
    assert check_quantity(quantity, minimum, multiple) is None


@pytest.mark.parametrize(("minimum", "multiple"), [(0, 1), (1, 0), (-1, 5)])
def test_a_rule_that_allows_nothing_is_refused(minimum, multiple):
    with pytest.raises(ValueError, match="allow no quantity"):
        next_multiple(5, minimum, multiple)


@given(st.integers(-1000, 10**6), st.integers(1, 10**5), st.integers(1, 10**4))
def test_the_suggestion_is_the_smallest_quantity_that_passes(quantity, minimum, multiple):
    suggestion = next_multiple(quantity, minimum, multiple)
    assert check_quantity(suggestion, minimum, multiple) is None
    assert suggestion >= max(quantity, minimum)
    assert suggestion - multiple < max(quantity, minimum)
