"""Worker, broker and database killed in the middle of an import: the orders are in once, to the same cent."""

import os
import sys
import time

import pytest
from django.utils import timezone

from exchange.actions.import_file import import_file
from jobs.actions.request_job import request_job
from jobs.models import JobRequest
from orders.models import Order, OrderLedger
from tenancy.scope import tenant_scope
from tests.factories.tenancy import make_member, make_tenant
from tests.jobs.processes import Database, Programs, eventually
from tests.world import make_world

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.exchange.worker_settings"}
ROWS = 20


@pytest.fixture(autouse=True)
def handlers(settings, tmp_path):
    settings.JOB_HANDLERS = {"import_accept": ""}
    settings.MEDIA_ROOT = tmp_path / "media"


def ask_for_import(tenant, tmp_path):
    """An import of 20 orders of 10 pieces at 1.20, checked and waiting for its accept."""
    with tenant_scope(tenant.pk):
        world = make_world(make_member("admin"))
        today = tenant.today(timezone.now())
        due = today.replace(year=today.year + 1)
        heading = "sell_to,customer_po,order_date,currency,line,sku,quantity,ship_to,request_date\n"
        rows = "".join(f"NORTH,PO-{n},{today},USD,1,AUR-1,10,MAIN,{due}\n" for n in range(ROWS))
        batch = import_file(
            kind="orders", name="orders.csv", content=(heading + rows).encode(), is_dry_run=True, by=world.by,
            at=timezone.now(),
        )  # fmt: skip
        files = {"began": str(tmp_path / "began"), "go": str(tmp_path / "go")}
        payload = {"batch_id": batch.pk, "accept_warnings": False, **files}
        return request_job(kind="import_accept", unique_key="once", payload=payload, by=world.by, at=timezone.now())


@pytest.fixture
def job(aurora, tmp_path):
    return ask_for_import(aurora, tmp_path)


def is_done(job: JobRequest) -> bool:
    with tenant_scope(job.tenant_id):
        return JobRequest.objects.get(pk=job.pk).state == "done"


def check_taken_once(job: JobRequest) -> None:
    with tenant_scope(job.tenant_id):
        assert Order.objects.count() == ROWS
        assert list(OrderLedger.objects.values_list("verb", "value_delta")) == [("booked", 1200)] * ROWS


def test_a_worker_killed_in_the_middle_of_an_import_leaves_nothing_and_the_next_takes_it_once(programs, job, tmp_path):
    first = programs.worker(**SETTINGS)
    programs.poller()
    eventually((tmp_path / "began").exists)
    first.kill()
    with tenant_scope(job.tenant_id):
        assert Order.objects.count() == 0
    (tmp_path / "go").touch()
    programs.worker(**SETTINGS)
    eventually(lambda: is_done(job))
    check_taken_once(job)


def test_a_broker_killed_in_the_middle_of_an_import_changes_nothing_of_it(programs, broker, job, tmp_path):
    programs.worker(**SETTINGS)
    programs.poller()
    eventually((tmp_path / "began").exists)
    broker.kill()
    (tmp_path / "go").touch()
    eventually(lambda: is_done(job))
    broker.start()
    check_taken_once(job)


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


def test_a_database_killed_in_the_middle_of_an_import_takes_it_once(database, programs_there, tmp_path):
    worker = programs_there.worker(**SETTINGS)
    job = ask_for_import(make_tenant("aurora"), tmp_path)
    programs_there.poller()
    eventually((tmp_path / "began").exists)
    # the servers of the tests write behind: what was committed a moment ago would be lost with them
    time.sleep(1)
    database.kill()
    (tmp_path / "go").touch()
    eventually(lambda: worker.said("could not be noted"))
    database.start()
    eventually(lambda: is_done(job))
    check_taken_once(job)
