"""Work whose effect can be counted: each run that counts leaves one click with the mark as its path."""

import time
from pathlib import Path
from uuid import uuid4

from jobs.handle import GiveUp
from tenancy.models import Click


def marks(mark):
    return Click.objects.filter(path=mark).count()


def leave_mark(job):
    Click.objects.create(key=uuid4(), member_id=0, path=job.payload["mark"])
    return {"summary": f"marked {job.payload['mark']}"}


def leave_mark_slowly(job):
    """Says that it has begun by a file, writes its mark, and goes on when another file appears."""
    leave_mark(job)
    Path(job.payload["began"]).touch()
    wait_for(Path(job.payload["go"]).exists, job)
    return {}


def wait_for(condition, job):
    deadline = time.monotonic() + 60
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        job.progress(1, 2, "half way")
        time.sleep(0.05)


def break_down(job):
    leave_mark(job)
    raise ValueError("the machine is on fire")


def give_up(job):
    raise GiveUp("The file is empty.")


def never_end(job):
    while True:
        time.sleep(0.05)
