"""Real workers, a real broker, a real poller; each of them killed at the worst moment."""

import io
import os
import signal
import sys
import time

import pytest
from django.core.management import call_command
from django.utils import timezone

from jobs.actions.request_job import request_job
from jobs.models import JobRequest
from jobs.nudge import nudge
from jobs.tasks import run_job
from tenancy.scope import tenant_scope
from tests.factories.tenancy import make_tenant
from tests.jobs.handlers import marks
from tests.jobs.kinds import HANDLERS
from tests.jobs.processes import PATIENCE_SECONDS, Database, Programs, eventually

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def handlers(settings):
    settings.JOB_HANDLERS = HANDLERS


class Work:
    """Jobs of one tenant, looked at from outside of every scope."""

    def __init__(self, tenant, folder):
        self.tenant, self.folder = tenant, folder

    def ask(self, kind="mark", mark="m"):
        files = {"began": str(self.folder / f"began-{mark}"), "go": str(self.folder / f"go-{mark}")}
        with tenant_scope(self.tenant.pk):
            job = request_job(kind=kind, unique_key=mark, payload={"mark": mark, **files}, by=None, at=timezone.now())
        return job.pk

    def now(self, pk):
        with tenant_scope(self.tenant.pk):
            return JobRequest.objects.get(pk=pk)

    def is_done(self, pk):
        return self.now(pk).state == "done"

    def marks(self, mark="m"):
        with tenant_scope(self.tenant.pk):
            return marks(mark)

    def has_begun(self, mark="m"):
        return (self.folder / f"began-{mark}").exists()

    def go(self, mark="m"):
        (self.folder / f"go-{mark}").touch()


@pytest.fixture
def work(aurora, tmp_path):
    return Work(aurora, tmp_path)


def test_a_job_whose_worker_is_killed_is_done_once_by_the_next(programs, work):
    first = programs.worker()
    job = work.ask("slow_mark")
    eventually(work.has_begun)
    eventually(lambda: work.now(job).progress_note == "half way")
    first.kill()
    assert (work.now(job).state, work.marks()) == ("running", 0)
    work.go()
    programs.poller()
    programs.worker()
    eventually(lambda: work.is_done(job))
    time.sleep(3)
    found = work.now(job)
    assert (found.attempts, work.marks()) == (2, 1)


def test_a_long_job_keeps_its_lease(programs, work):
    programs.poller()
    programs.worker(processes=2)
    job = work.ask("slow_mark")
    eventually(work.has_begun)
    time.sleep(5)
    work.go()
    eventually(lambda: work.is_done(job))
    assert (work.now(job).attempts, work.marks()) == (1, 1)


def test_a_job_delivered_many_times_is_done_once(programs, work):
    programs.worker(processes=2)
    job = work.ask("slow_mark")
    for _ in range(5):
        assert nudge(work.tenant.pk, job)
    eventually(work.has_begun)
    work.go()
    eventually(lambda: work.is_done(job))
    assert nudge(work.tenant.pk, job)
    time.sleep(1)
    assert (work.now(job).attempts, work.marks()) == (1, 1)


def test_a_lost_broker_delays_and_loses_nothing(programs, work, broker, caplog):
    programs.worker()
    poller = programs.poller()
    running = work.ask("slow_mark", "a")
    eventually(lambda: work.has_begun("a"))
    broker.kill()
    began = time.monotonic()
    lost = work.ask("mark", "b")
    assert time.monotonic() - began < 2
    assert "waits for the poller" in caplog.text
    work.go("a")
    eventually(lambda: work.is_done(running))
    eventually(lambda: poller.said("the poller waits"))
    assert work.now(lost).state == "queued"
    broker.start()
    eventually(lambda: work.is_done(lost))
    assert (work.marks("a"), work.marks("b")) == (1, 1)
    assert poller.end() == 0


def test_a_job_that_takes_too_long_is_stopped(programs, work):
    """By the worker's limit, though the process that asks has a longer one of its own."""
    assert run_job.soft_time_limit > PATIENCE_SECONDS
    programs.worker(SOFT_SECONDS="2", OMS_JOB_BACKOFF_SECONDS="60")
    job = work.ask("endless")
    found = eventually(lambda: (found := work.now(job)).error and found)
    assert (found.state, found.error) == ("queued", "It took longer than a job may take, and was stopped.")


def test_a_worker_told_to_end_finishes_its_job_first(programs, work):
    worker = programs.worker()
    job = work.ask("slow_mark")
    eventually(work.has_begun)
    os.kill(worker.pid, signal.SIGTERM)
    work.go()
    assert worker.end() == 0
    assert (work.now(job).state, work.now(job).attempts, work.marks()) == ("done", 1, 1)


@pytest.fixture
def database(transactional_db, instance):
    """Not the database of the other tests: this one is going to be killed."""
    database = Database(instance)
    try:
        database.start()
        yield database
    finally:
        database.stop()


@pytest.fixture
def programs_there(database, broker, tmp_path):
    programs = Programs({**os.environ, **broker.instance.environment()}, tmp_path)
    assert programs.start("migrate", [sys.executable, "manage.py", "migrate"], {}).wait() == 0
    yield programs
    programs.stop()


def test_a_database_killed_in_the_middle_has_the_job_tried_again(database, programs_there, tmp_path):
    programs_there.worker()
    poller = programs_there.poller()
    work = Work(make_tenant("aurora"), tmp_path)
    job = work.ask("slow_mark")
    eventually(work.has_begun)
    database.kill()
    work.go()
    eventually(lambda: poller.said("the poller waits"))
    database.start()
    eventually(lambda: work.is_done(job))
    assert (work.now(job).attempts, work.marks()) == (2, 1)


def test_one_round_of_the_poller_sends_what_is_due(work, broker, monkeypatch):
    monkeypatch.setattr("jobs.actions.request_job.nudge", lambda *_: False)
    work.ask("mark", "a")
    work.ask("mark", "b")
    said = io.StringIO()
    call_command("poll_jobs", "--once", stdout=said)
    assert said.getvalue() == "Sent 2 jobs.\n"


def test_the_poller_refuses_to_run_as_the_owner(programs):
    programs.environment["DATABASE_URL"] = programs.environment["DATABASE_OWNER_URL"]
    poller = programs.poller()
    assert poller.wait() == 1
    assert poller.said("oms_owner owns the database")
