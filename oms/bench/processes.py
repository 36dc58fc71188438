"""Several real processes that do the same thing for the same while.

Each has a pipe of its own and they wait for nobody but for a word from there. So one that dies is noticed, one that
fails tells its own error, and one that says nothing is stopped after a while, having shown where it stands.
"""

import faulthandler
import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

import django
from django.db import connections

Task = Callable[..., Callable[[], object]]

WARM_UP = 8
PATIENCE = 180.0
"""Seconds beyond the while itself: for starting Python, warming up, and finishing the last turn."""
READY, DONE, FAILED = "ready", "done", "failed"


class WorkerFailed(RuntimeError):
    """One of the processes could not do its task; says what it said itself."""


class WorkerDied(RuntimeError):
    """One of the processes ended without a word."""


class WorkerStuck(RuntimeError):
    """Processes gave no answer in time. Where they stood is on the error output."""


class Worker(NamedTuple):
    process: Any
    pipe: Connection


class Crew:
    """Processes, each with a connection of its own to the measured database."""

    def __init__(self, workers: list[Worker], patience: float):
        self.workers, self.patience = workers, patience

    def per_second(self, task: Task, seconds: float, *args: Any) -> float:
        """How often a second they do, all together, what `task(*args)` makes ready in each of them.

        Raises WorkerFailed, WorkerDied or WorkerStuck; the crew is of no use after that.
        """
        self.tell((task, args))
        self.hear(READY, self.patience)
        self.tell(seconds)
        return sum(self.hear(DONE, seconds + self.patience))

    def tell(self, word: Any) -> None:
        for worker in self.workers:
            worker.pipe.send(word)

    def hear(self, wanted: str, seconds: float) -> list[float]:
        """What each has to say, when all have said it."""
        silent = {worker.pipe: worker for worker in self.workers}
        heard: list[float] = []
        until = time.monotonic() + seconds
        while silent:
            speaking = wait(silent, timeout=max(0, until - time.monotonic()))
            if not speaking:
                raise WorkerStuck(f"{named(silent.values())} gave no answer in {seconds:.0f} s.")
            spoken = [worker for pipe, worker in silent.items() if pipe in speaking]
            heard += [word_of(worker, wanted) for worker in spoken]
            silent = {pipe: worker for pipe, worker in silent.items() if worker not in spoken}
        return heard


def word_of(worker: Worker, wanted: str) -> float:
    try:
        kind, word = worker.pipe.recv()
    except EOFError:
        worker.process.join(5)
        raise WorkerDied(f"{named([worker])} ended with exit code {worker.process.exitcode}.") from None
    if kind != wanted:
        raise WorkerFailed(f"{named([worker])}: {word}")
    return word


def named(workers: Any) -> str:
    return ", ".join(f"process {worker.process.pid}" for worker in workers)


@contextmanager
def crew(size: int, database: str, patience: float = PATIENCE) -> Iterator[Crew]:
    """Processes are started anew, not forked: nothing of this one's connections is in them."""
    context = multiprocessing.get_context("spawn")
    workers: list[Worker] = []
    try:
        for _ in range(size):
            here, there = context.Pipe()
            process = context.Process(target=work, args=(database, there), daemon=True)
            process.start()
            there.close()
            workers.append(Worker(process, here))
        yield Crew(workers, patience)
    except WorkerStuck:
        for worker in workers:
            show_where_it_stands(worker)
        raise
    finally:
        for worker in workers:
            dismiss(worker)


def show_where_it_stands(worker: Worker) -> None:
    if worker.process.is_alive():
        os.kill(worker.process.pid, signal.SIGUSR1)
        worker.process.join(1)


def dismiss(worker: Worker) -> None:
    """Closing its pipe ends a worker that listens; another is ended."""
    worker.pipe.close()
    worker.process.join(5)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def work(database: str, pipe: Connection) -> None:
    """What each process does until nobody tells it anything any more."""
    faulthandler.register(signal.SIGUSR1)
    try:
        django.setup()
        connections["default"].settings_dict["NAME"] = database
        while True:
            task, args = pipe.recv()
            keep_doing(task(*args), pipe)
    except EOFError:
        return
    except BaseException:  # noqa: BLE001  told to the one who waits, who raises it
        pipe.send((FAILED, traceback.format_exc()))


def keep_doing(do: Callable[[], object], pipe: Connection) -> None:
    """Times a second; counted from the word that all are warm."""
    for _ in range(WARM_UP):
        do()
    pipe.send((READY, 0.0))
    seconds = pipe.recv()
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        do()
        done += 1
    pipe.send((DONE, done / (time.perf_counter() - began)))
