"""The crew of processes: what they do is added up, and whatever happens to one of them is told."""

import os
import time

import pytest

from oms.bench.processes import WARM_UP, WorkerDied, WorkerFailed, WorkerStuck, crew

pytestmark = pytest.mark.processes


def naps(seconds):
    return lambda: time.sleep(seconds)


def fails(word):
    raise ValueError(word)


def fails_when_warm(word):
    turns = iter(range(WARM_UP))

    def turn():
        if next(turns, None) is None:
            raise ValueError(word)

    return turn


def leaves(code):
    os._exit(code)


def hangs():
    return lambda: time.sleep(600)


def test_what_all_do_is_added_up_and_they_can_be_asked_again():
    with crew(2, "none") as workers:
        # 2 processes that nap for 20 ms do it fewer than 100 times a second
        for _ in range(2):
            assert 10 < workers.per_second(naps, 0.5, 0.02) <= 100
        processes = [worker.process for worker in workers.workers]
    assert [process.exitcode for process in processes] == [0, 0]


@pytest.mark.parametrize("task", [fails, fails_when_warm])
def test_the_error_of_one_that_fails_is_told(task):
    with pytest.raises(WorkerFailed, match="ValueError: out of paper"), crew(2, "none") as workers:
        workers.per_second(task, 0.1, "out of paper")
    assert not any(worker.process.is_alive() for worker in workers.workers)


def test_one_that_dies_is_not_waited_for():
    with pytest.raises(WorkerDied, match="exit code 7"), crew(2, "none") as workers:
        workers.per_second(leaves, 0.1, 7)


def test_one_that_hangs_shows_where_it_stands_and_is_ended(capfd):
    def ask_too_much():
        with crew(1, "none") as workers:
            workers.per_second(naps, 0.1, 0.01)
            workers.patience = 2
            crews.append(workers)
            workers.per_second(hangs, 0.1)

    crews = []
    with pytest.raises(WorkerStuck, match=r"process \d+ gave no answer in 2 s"):
        ask_too_much()
    assert "test_processes.py" in capfd.readouterr().err
    assert not crews[0].workers[0].process.is_alive()
