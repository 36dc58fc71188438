"""How long to wait before the next attempt."""

import datetime as dt

LONGEST_WAIT = dt.timedelta(minutes=15)


def backoff(attempts: int, first: dt.timedelta) -> dt.timedelta:
    """The wait after so many failed attempts: doubles each time, up to a quarter of an hour."""
    return min(first * 2 ** min(attempts - 1, 20), LONGEST_WAIT)
