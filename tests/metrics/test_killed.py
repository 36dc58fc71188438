"""Worker, broker and database killed in the middle of a nightly run and of a PDF: done once, with the same cents."""

import os
import sys
import time

import pytest
from django.utils import timezone

from jobs.actions.request_job import request_job
from jobs.models import GeneratedFile, JobRequest
from metrics.actions.request_report import as_payload
from metrics.actions.run_nightly import make_everything
from metrics.asked import Asked
from metrics.models import BacklogPosition, DailyFlow, SnapshotRun
from tenancy.models import Tenant
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.tenancy import make_tenant
from tests.fixtures import NOW, TODAY
from tests.jobs.processes import Database, Programs, eventually
from tests.metrics.conftest import Cast
from tests.metrics.known_answer import LAST, write_known_answer
from tests.metrics.snapshots import whole_snapshot

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.metrics.worker_settings"}


@pytest.fixture(autouse=True)
def handlers(settings):
    settings.JOB_HANDLERS = {"nightly": "", "report": ""}


class Work:
    """The known answer of one tenant, and jobs that can be held in their middle."""

    def __init__(self, tenant: Tenant, folder):
        self.tenant, self.folder = tenant, folder
        with tenant_scope(tenant.pk):
            # recorded before the workers' own clock, which is not the clock of the tests
            write_known_answer(
                Cast(tenant, make_sell_to(), make_end_buyer(), make_end_buyer(), make_product()),
                at=min(NOW, timezone.now()),
            )

    def ask(self, kind, **payload):
        files = {"began": str(self.folder / f"began-{kind}"), "go": str(self.folder / f"go-{kind}")}
        with tenant_scope(self.tenant.pk):
            return request_job(
                kind=kind, unique_key="once", payload={**files, **payload}, by=None, at=timezone.now()
            ).pk

    def nightly(self):
        return self.ask("nightly", night=LAST.isoformat())

    def pdf(self):
        asked = as_payload(Asked(as_of=TODAY))
        return self.ask("report", report={"name": "bookings_billings_backlog", "ending": "pdf", "asked": asked})

    def has_begun(self, kind):
        return (self.folder / f"began-{kind}").exists()

    def go(self, kind):
        (self.folder / f"go-{kind}").touch()

    def ask_for(self, name):
        return self.nightly() if name == "nightly" else self.pdf()

    def check(self, name, job):
        return self.check_snapshot() if name == "nightly" else self.check_pdf(job)

    def now(self, pk):
        with tenant_scope(self.tenant.pk):
            return JobRequest.objects.get(pk=pk)

    def is_done(self, pk):
        return self.now(pk).state == "done"

    def check_snapshot(self):
        """One run, reconciled, and the same rows as a snapshot made in one piece."""
        with tenant_scope(self.tenant.pk):
            run = SnapshotRun.objects.get()
            assert run.is_reconciled
            assert run.reconciliation["USD"]["snapshot"] == 180_00
            found = whole_snapshot()
            DailyFlow.objects.all().delete()
            BacklogPosition.objects.all().delete()
            make_everything(run.recorded_through)
            assert whole_snapshot() == found
            assert len(found[0]) == 8

    def check_pdf(self, job):
        """One file on the shelf. What an attempt drew before it died has no name, and is swept at night."""
        with tenant_scope(self.tenant.pk):
            file = GeneratedFile.objects.get()
        assert (file.job_id, file.content_type) == (job, "application/pdf")
        assert (self.folder / "media" / file.storage_name).read_bytes().startswith(b"%PDF")


@pytest.fixture
def work(aurora, tmp_path):
    return Work(aurora, tmp_path)


def test_a_worker_killed_in_the_middle_of_the_night_leaves_nothing_and_the_next_one_finishes(programs, work):
    first = programs.worker(**SETTINGS)
    job = work.nightly()
    eventually(lambda: work.has_begun("nightly"))
    first.kill()
    with tenant_scope(work.tenant.pk):
        assert not DailyFlow.objects.exists()
        assert not SnapshotRun.objects.exists()
    work.go("nightly")
    programs.poller()
    programs.worker(**SETTINGS)
    eventually(lambda: work.is_done(job))
    assert work.now(job).attempts == 2
    work.check_snapshot()


def test_a_worker_killed_in_the_middle_of_a_pdf_makes_one_file(programs, work):
    first = programs.worker(**SETTINGS)
    job = work.pdf()
    eventually(lambda: work.has_begun("report"))
    first.kill()
    work.go("report")
    programs.poller()
    programs.worker(**SETTINGS)
    eventually(lambda: work.is_done(job))
    work.check_pdf(job)


@pytest.mark.parametrize("kind", ["nightly", "report"])
def test_a_broker_killed_in_the_middle_changes_nothing_of_it(programs, broker, work, kind):
    programs.worker(**SETTINGS)
    job = work.ask_for(kind)
    eventually(lambda: work.has_begun(kind))
    broker.kill()
    work.go(kind)
    eventually(lambda: work.is_done(job))
    assert work.now(job).attempts == 1
    broker.start()
    work.check(kind, job)


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
    media = {"OMS_MEDIA_ROOT": str(tmp_path / "media")}
    programs = Programs({**os.environ, **broker.instance.environment(), **media}, tmp_path)
    assert programs.start("migrate", [sys.executable, "manage.py", "migrate"], {}).wait() == 0
    yield programs
    programs.stop()


@pytest.mark.parametrize("kind", ["nightly", "report"])
def test_a_database_killed_in_the_middle_gets_the_same_cents(database, programs_there, tmp_path, kind):
    worker = programs_there.worker(**SETTINGS)
    work = Work(make_tenant("aurora"), tmp_path)
    job = work.ask_for(kind)
    eventually(lambda: work.has_begun(kind))
    # the servers of the tests write behind: what was committed a moment ago would be lost with them
    time.sleep(1)
    database.kill()
    work.go(kind)
    eventually(lambda: worker.said("could not be noted"))
    database.start()
    programs_there.poller()
    eventually(lambda: work.is_done(job))
    assert work.now(job).attempts == 2
    work.check(kind, job)
