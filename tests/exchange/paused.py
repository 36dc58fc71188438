"""The real accept of an import, held after its last row until a file appears: there its worker is killed."""

import time
from dataclasses import replace
from pathlib import Path

from exchange.handlers import accept as real_accept
from jobs.handle import JobHandle

PATIENCE = 60


def accept(job: JobHandle):
    return real_accept(replace(job, report=held(job)))


def held(job: JobHandle):
    def report(done: int, total: int | None, note: str) -> None:
        job.progress(done, total, note)
        if note == "Written" and not Path(job.payload["go"]).exists():
            Path(job.payload["began"]).touch()
            wait(job)

    return report


def wait(job: JobHandle) -> None:
    until = time.monotonic() + PATIENCE
    while not Path(job.payload["go"]).exists() and time.monotonic() < until:
        job.progress(1, 2, "held")
        time.sleep(0.05)
