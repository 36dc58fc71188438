import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command

from jobs.models import JobRequest
from jobs.run import run
from metrics.actions.request_nights import request_nights
from metrics.models import BacklogPosition, SnapshotRun
from oms.celery import app
from tenancy.scope import tenant_scope
from tests.fixtures import NOW
from tests.metrics.known_answer import LAST, write_known_answer

UTC = dt.UTC


def nights(tenant) -> list[str]:
    with tenant_scope(tenant.pk):
        return sorted(JobRequest.objects.filter(kind="nightly").values_list("unique_key", flat=True))


def test_each_tenant_is_asked_for_at_its_own_local_hour(aurora, kestrel):
    # 00:30 UTC: half past one in Berlin, half past four in the afternoon before in Los Angeles
    at = dt.datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
    assert request_nights(at=at - dt.timedelta(minutes=45)) == 1
    assert (nights(aurora), nights(kestrel)) == (["2026-11-22"], [])
    assert request_nights(at=at) == 2
    assert (nights(aurora), nights(kestrel)) == (["2026-11-22"], ["2026-11-23"])


def test_asked_every_quarter_of_an_hour_a_night_is_one_job(aurora):
    at = dt.datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    for quarter in range(8):
        request_nights(at=at + dt.timedelta(minutes=15 * quarter))
    assert nights(aurora) == ["2026-11-22"]


def test_the_clock_knows_the_task():
    entry = app.conf.beat_schedule["nights"]
    app.loader.import_default_modules()
    assert entry["task"] in app.tasks


def test_the_job_makes_the_snapshot_and_says_how_it_reconciles(cast):
    write_known_answer(cast)
    request_nights(at=NOW)
    job = JobRequest.objects.get()
    assert run(cast.tenant.pk, job.pk, clock=lambda: NOW)
    job.refresh_from_db()
    assert job.state == "done"
    assert job.result["summary"] == "2026-11-22: 8 days from 8 ledger rows, reconciled to the cent"
    assert SnapshotRun.objects.get().job_id == job.pk


def test_the_command_does_the_same_and_prints_the_counts(cast, capsys):
    write_known_answer(cast)
    with time_machine.travel(NOW, tick=False):
        call_command("nightly", tenant="aurora", date=LAST)
    said = capsys.readouterr().out
    assert "night of 2026-11-09" in said
    assert "USD: ledger 18,000, snapshot 18,000 minor units, difference 0" in said
    # A after each of its six days with a change, the split aside, and B
    assert BacklogPosition.objects.count() == 7


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--tenant", "nobody"], "There is no tenant “nobody”"),
        (["--tenant", "aurora", "--date", "23.11.2026"], "“23.11.2026” is not a date"),
        (["--tenant", "aurora", "--date", "2198-01-01"], "2198-01-01 has not come yet at aurora"),
        (["--tenant", "aurora", "--date", "2999-01-01"], "2999-01-01 lies outside 1950 to 2199"),
        ([], "--tenant"),
    ],
)
def test_the_command_refuses_what_it_cannot_do(aurora, arguments, said):
    with pytest.raises(CommandError, match=said) as refused:
        call_command("nightly", *arguments)
    assert refused.value.returncode in (1, 2)
