"""Laying validities over validities, against a plain rule: on no day do two of them hold."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.rows import Change
from pricing.validities.timeline import Span, settle

FIRST = dt.date(2026, 1, 1)


def day(number):
    return FIRST + dt.timedelta(number)


def span(start, end=None, value=1, pk=None):
    return Span(day(start), None if end is None else day(end), value, None, pk)


def changes(present, rows):
    return [outcome.change for outcome in settle(present, rows).outcomes]


def test_new_spans_beside_each_other_are_created():
    assert changes([], [span(0, 9), span(10)]) == [Change.CREATED, Change.CREATED]


def test_the_same_again_changes_nothing():
    assert changes([span(0, 9, pk=1), span(10, pk=2)], [span(10), span(0, 9)]) == [Change.UNCHANGED] * 2


def test_an_open_end_meets_whatever_comes_later():
    settled = settle([span(0, pk=1)], [span(10, value=2)])
    assert [(o.change, o.code) for o in settled.outcomes] == [(Change.ERROR, "overlap")]
    assert settled.outcomes[0].message == "It overlaps the one that holds from 2026-01-01 on."


def test_one_day_shared_is_an_overlap():
    assert changes([span(0, 10, pk=1)], [span(10, 12), span(11, 12)]) == [Change.ERROR, Change.CREATED]


def test_a_price_may_be_ended_and_followed_in_any_order():
    for rows in ([span(0, 9), span(10, value=2)], [span(10, value=2), span(0, 9)]):
        assert sorted(changes([span(0, pk=1)], rows)) == [Change.CREATED, Change.UPDATED]


def test_the_row_that_repeats_another_is_unchanged_or_refused():
    assert changes([], [span(0, 9), span(0, 9), span(0, 8)]) == [Change.CREATED, Change.UNCHANGED, Change.ERROR]


def test_an_end_before_the_start_is_refused():
    assert settle([], [span(5, 4)]).outcomes[0].code == "dates"


spans = st.tuples(st.integers(0, 12), st.none() | st.integers(0, 14), st.integers(1, 2)).map(lambda t: span(*t))


@settings(deadline=None)
@given(present=st.lists(spans, max_size=6), rows=st.lists(spans, max_size=8))
def test_whatever_comes_no_day_has_two(present, rows):
    kept: list[Span] = []
    for pk, each in enumerate(present):
        if each.last >= each.start and not any(each.meets(other) for other in kept):
            each.pk = pk
            kept.append(each)
    settled = settle(kept, rows)
    updated = {each.pk: each for each in settled.updates}
    final = [updated.get(each.pk, each) for each in kept] + settled.inserts
    for number in range(40):
        assert len([each for each in final if each.start <= day(number) <= each.last]) <= 1
    again = settle([Span(s.start, s.end, s.value, None, n) for n, s in enumerate(final)], rows)
    for first, second in zip(settled.outcomes, again.outcomes, strict=True):
        if first.change != Change.ERROR:
            assert second.change == Change.UNCHANGED
