"""The real work, held at a named step until a file appears: there its worker is killed."""

import datetime as dt
import time
from pathlib import Path

from metrics.actions.make_report_file import make_report_file
from metrics.actions.run_nightly import run_nightly

PATIENCE_SECONDS = 60


def nightly(job):
    """Held when flows and positions are written and nothing is committed."""
    night = dt.date.fromisoformat(job.payload["night"])
    run = run_nightly(night=night, at=job.at, job_id=job.id, progress=held(job, "Reconciling"))
    return {"run_id": run.pk}


def report(job):
    """Held when the file is drawn and not yet stored."""
    file = make_report_file(payload=job.payload["report"], at=job.at, job_id=job.id, progress=held(job, "Storing"))
    return {"file_id": file.pk}


def held(job, step):
    def progress(done, total, note):
        job.progress(done, total, note)
        if note == step:
            Path(job.payload["began"]).touch()
            wait_for(Path(job.payload["go"]), job)

    return progress


def wait_for(file, job):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not file.exists():
        if time.monotonic() > deadline:
            raise TimeoutError
        job.progress(1, 2, "held")
        time.sleep(0.05)
