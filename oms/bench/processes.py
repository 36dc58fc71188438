"""Several real processes that do the same thing for the same while."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from threading import Barrier, BrokenBarrierError
from typing import Any

import django
from django.db import connections

Task = Callable[..., Callable[[], object]]

WARM_UP = 8
_together: list[Barrier] = []


class Crew:
    """`size` processes, each with a connection of its own to the measured database."""

    def __init__(self, pool: ProcessPoolExecutor, size: int):
        self.pool, self.size = pool, size

    def per_second(self, task: Task, seconds: float, *args: Any) -> float:
        """How often a second they do, all together, what `task(*args)` makes ready in each of them."""
        rates = [self.pool.submit(keep_doing, task, seconds, *args) for _ in range(self.size)]
        # one that failed leaves a broken barrier to the others: its own error is the one to tell
        failures = [error for rate in rates if (error := rate.exception())]
        for error in sorted(failures, key=lambda each: isinstance(each, BrokenBarrierError)):
            raise error
        return sum(rate.result() for rate in rates)


@contextmanager
def crew(size: int, database: str) -> Iterator[Crew]:
    """Processes are started anew, not forked: nothing of this one's connections is in them."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(size)
    with ProcessPoolExecutor(size, mp_context=context, initializer=start, initargs=(database, barrier)) as pool:
        yield Crew(pool, size)


def start(database: str, barrier: Barrier) -> None:
    django.setup()
    connections["default"].settings_dict["NAME"] = database
    _together.append(barrier)


def keep_doing(task: Task, seconds: float, *args: Any) -> float:
    """Times a second; counted from the moment when all are warm."""
    try:
        do = task(*args)
        for _ in range(WARM_UP):
            do()
    except BaseException:
        # or the others would wait for this one for ever
        _together[0].abort()
        raise
    _together[0].wait()
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        do()
        done += 1
    return done / (time.perf_counter() - began)
