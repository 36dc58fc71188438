"""Timing: warmed up, in turns, medians."""

import time
from collections.abc import Callable
from statistics import median

Run = Callable[[], object]

WARM_UP = 3


def seconds(run: Run) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def medians(*runs: Run, times: int, warm_up: int = WARM_UP) -> list[float]:
    """Median seconds of each. They take turns, so that a slow moment of the machine meets all of them."""
    for _ in range(warm_up):
        for run in runs:
            run()
    taken: list[list[float]] = [[] for _ in runs]
    for _ in range(times):
        for found, run in zip(taken, runs, strict=True):
            found.append(seconds(run))
    return [median(found) for found in taken]
