import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.reports.bookings_billings_backlog import Question, bookings_billings_backlog
from metrics.reports.bookings_billings_backlog.query import open_backlog
from tests.factories.catalog import make_product
from tests.fixtures import TODAY
from tests.metrics.writer import make_slot

DAY = dt.timedelta(days=1)
BEFORE = TODAY - 30 * DAY


def promised(cast, value, commit, *, request=dt.date(2026, 12, 1)):
    slot = make_slot(cast.sell_to, cast.a, cast.product)
    slot.write("booked", 1, value, day=BEFORE, to_date=request)
    if commit:
        slot.write("commit_set", day=BEFORE, to_date=commit)
    return slot


def buckets(cast, as_of=TODAY):
    due = bookings_billings_backlog(cast.tenant, Question(as_of.replace(day=1), as_of)).main.due
    return {bucket.label: bucket.value for bucket in due.buckets}, due


def test_backlog_stands_in_the_bucket_of_its_current_commit(cast):
    promised(cast, 1, TODAY - DAY)
    promised(cast, 10, TODAY)
    promised(cast, 100, dt.date(2026, 11, 30))
    promised(cast, 1_000, dt.date(2026, 12, 1))
    promised(cast, 10_000, dt.date(2027, 4, 1))
    promised(cast, 100_000, None, request=TODAY - DAY)
    found, due = buckets(cast)
    assert found == {
        "Late (commit before 23 Nov)": 1,
        "23–30 Nov": 110,
        "Dec 2026": 1_000,
        "Jan 2027": 0,
        "Feb 2027": 0,
        "Mar 2027": 0,
        "Later": 10_000,
        "Unscheduled (no commit)": 100_000,
    }
    assert due.past_request_value == 100_000


def test_an_earlier_day_shows_the_dates_and_amounts_of_that_day(cast):
    slot = promised(cast, 100, dt.date(2026, 11, 25))
    slot.write("commit_moved", day=TODAY - 2 * DAY, from_date=dt.date(2026, 11, 25), to_date=dt.date(2027, 1, 5))
    slot.write("request_moved", day=TODAY - DAY, from_date=dt.date(2026, 12, 1), to_date=dt.date(2026, 11, 2))
    slot.write("shipped", -1, -100, day=TODAY)
    late = promised(cast, 7, None)
    late.write("commit_set", day=TODAY - DAY, to_date=dt.date(2026, 11, 24))
    found, _ = buckets(cast, TODAY)
    assert sum(found.values()) == 7
    found, due = buckets(cast, TODAY - DAY)
    assert (found["Jan 2027"], found["22–30 Nov"], due.past_request_value) == (100, 7, 100)
    found, due = buckets(cast, TODAY - 3 * DAY)
    assert (found["20–30 Nov"], found["Unscheduled (no commit)"], due.past_request_value) == (100, 7, 0)


def test_a_transfer_is_taken_back_with_its_end_buyer(cast):
    slot = promised(cast, 100, None)
    slot.write("transferred", -1, -100, day=TODAY)
    slot.write("transferred", 1, 100, day=TODAY, end_buyer_id=cast.b.pk)
    for day, buyer, there in (
        (TODAY, cast.b, 100),
        (TODAY, cast.a, 0),
        (TODAY - DAY, cast.a, 100),
        (TODAY - DAY, cast.b, 0),
    ):
        question = Question(BEFORE, day, end_buyer_id=buyer.pk)
        assert bookings_billings_backlog(cast.tenant, question).main.due.value == there


moves = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from(["commit", "request", "ship", "more"]), st.integers(-40, 40)),
    max_size=8,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves)
def test_every_day_is_what_its_own_rows_say(cast, moves):
    product = make_product()
    slot = make_slot(cast.sell_to, cast.a, product)
    slot.write("booked", 10, 100, day=BEFORE, to_date=TODAY)
    # what was true at the close of each day, kept by hand while the rows are written
    truth, commit, request, value = {}, None, TODAY, 100
    written = sorted(moves, key=lambda move: move[0])
    for n in range(21):
        day = BEFORE + (n + 1) * DAY
        for _, verb, amount in [move for move in written if move[0] == n]:
            to = TODAY + amount * DAY
            if verb == "commit":
                slot.write("commit_moved" if commit else "commit_set", day=day, from_date=commit, to_date=to)
                commit = to
            elif verb == "request":
                slot.write("request_moved", day=day, from_date=request, to_date=to)
                request = to
            elif verb == "more":
                slot.write("qty_increased", 1, 10, day=day)
                value += 10
            elif value:
                slot.write("shipped", -slot.schedule.open_qty, -value, day=day)
                value = 0
        truth[day] = (commit, value, value if request < day else 0)
    filters = {"sell_tos": None, "end_buyers": None, "products": [product.pk]}
    for day, (commit, value, past) in truth.items():
        found = open_backlog(day, filters).dates
        mine = [(row["commit_date"], row["value"], row["past_request_value"]) for row in found]
        assert mine == ([(commit, value, past)] if value else [])
