"""A job asked for, claimed, finished, failed: the row alone, without a worker."""

import datetime as dt

import pytest

from jobs.actions.claim_job import claim_job
from jobs.actions.extend_lease import Reached, extend_lease
from jobs.actions.fail_job import fail_job
from jobs.actions.finish_job import finish_job
from jobs.actions.request_job import request_job
from jobs.actions.retry_job import NotFailed, retry_job
from jobs.engine import backoff
from jobs.handle import LostLease
from jobs.kinds import UnknownKind
from jobs.models import JobRequest
from jobs.run import run
from parties.models import Party
from tenancy.scope import tenant_scope
from tests.factories.parties import make_party
from tests.factories.tenancy import make_member
from tests.fixtures import NOW
from tests.jobs.handlers import marks
from tests.jobs.kinds import HANDLERS

LEASE = dt.timedelta(seconds=120)
WAIT = dt.timedelta(seconds=10)


@pytest.fixture(autouse=True)
def handlers(settings):
    settings.JOB_HANDLERS = HANDLERS


def ask(kind="mark", key="k1", **values):
    values = {"payload": {"mark": "m"}, "by": None, "at": NOW, **values}
    return request_job(kind=kind, unique_key=key, **values)


def claim(job, at=NOW):
    return claim_job(job_id=job.pk, at=at, lease=LEASE)


def test_the_same_request_twice_is_one_job(inside):
    assert ask() == ask()
    assert JobRequest.objects.count() == 1


def test_the_same_key_of_another_kind_or_tenant_is_another_job(inside, kestrel):
    ask()
    ask("broken")
    with tenant_scope(kestrel.pk):
        ask()
        assert JobRequest.objects.count() == 1
    assert JobRequest.objects.count() == 2


def test_a_kind_without_a_handler_is_refused(inside):
    with pytest.raises(UnknownKind, match="bake_bread"):
        ask("bake_bread")


def test_the_asker_and_its_party_stay_with_the_job(inside):
    party = make_party()
    partner = make_member("partner", party_id=party.pk)
    job = ask(by=partner)
    assert (job.requested_by_id, job.party_id) == (partner.pk, party.pk)


def test_an_outsider_never_collides_with_a_job_it_cannot_see(inside):
    ours = ask()
    party = make_party()
    partner = make_member("partner", party_id=party.pk)
    with tenant_scope(inside.pk, party_id=party.pk, member_id=partner.pk):
        theirs = ask(by=partner)
        assert list(JobRequest.objects.all()) == [theirs]
    assert ours != theirs


def test_nothing_is_sent_before_the_commit(inside, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        ask()
        ask()
    assert len(waiting) == 1


def test_a_job_for_later_is_left_to_the_poller(inside, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        job = ask(due_at=NOW + dt.timedelta(hours=1))
    assert waiting == []
    assert claim(job) is None
    assert claim(job, NOW + dt.timedelta(hours=1)) is not None


def test_a_claim_counts_the_attempt_and_holds_the_lease(inside):
    job = ask()
    taken = claim(job)
    assert (taken.attempt, taken.payload) == (1, {"mark": "m"})
    job.refresh_from_db()
    assert (job.state, job.lease_until) == ("running", NOW + LEASE)
    assert claim(job, NOW + LEASE - dt.timedelta(seconds=1)) is None


def test_a_job_of_another_tenant_cannot_be_claimed(inside, kestrel):
    job = ask()
    with tenant_scope(kestrel.pk):
        assert claim(job) is None


def test_after_the_lease_the_next_worker_takes_it_and_the_first_one_has_lost(inside):
    job = ask()
    first = claim(job)
    second = claim(job, NOW + LEASE)
    assert second.attempt == 2
    with pytest.raises(LostLease):
        finish_job(claim=first, result={}, at=NOW)
    with pytest.raises(LostLease):
        extend_lease(claim=first, at=NOW, lease=LEASE, progress=None)
    assert fail_job(claim=first, error="late", at=NOW, first_wait=WAIT) is None
    finish_job(claim=second, result={"n": 2}, at=NOW)
    job.refresh_from_db()
    assert (job.state, job.result, job.error) == ("done", {"n": 2}, "")


def test_extending_keeps_others_away_and_shows_progress(inside):
    job = ask()
    taken = claim(job)
    later = NOW + dt.timedelta(seconds=100)
    extend_lease(claim=taken, at=later, lease=LEASE, progress=Reached(3, 4, "x" * 300))
    assert claim(job, NOW + LEASE) is None
    job.refresh_from_db()
    assert (job.progress_done, job.progress_total, job.percent, len(job.progress_note)) == (3, 4, 75, 200)


def test_a_done_job_is_never_taken_again(inside):
    job = ask()
    finish_job(claim=claim(job), result={}, at=NOW)
    assert claim(job, NOW + dt.timedelta(days=1)) is None
    assert ask().state == "done"


def test_a_failure_waits_longer_each_time_and_ends(inside):
    job = ask(max_attempts=3)
    at = NOW
    for attempt, seconds in ((1, 10), (2, 20)):
        assert fail_job(claim=claim(job, at), error=f"no {attempt}", at=at, first_wait=WAIT) == "queued"
        job.refresh_from_db()
        assert job.due_at == at + dt.timedelta(seconds=seconds)
        assert claim(job, at) is None
        at = job.due_at
    assert fail_job(claim=claim(job, at), error="no 3", at=at, first_wait=WAIT) == "failed"
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error, job.finished_at) == ("failed", 3, "no 3", at)
    assert claim(job, at + dt.timedelta(days=1)) is None


def test_the_wait_grows_to_a_quarter_of_an_hour():
    assert [backoff(n, WAIT).total_seconds() for n in (1, 2, 3, 7, 8, 400)] == [10, 20, 40, 640, 900, 900]


def test_a_job_that_kills_its_workers_fails_in_the_end(inside):
    job = ask(max_attempts=2)
    at = NOW
    for _ in range(2):
        assert claim(job, at) is not None
        at += LEASE
    assert claim(job, at) is None
    job.refresh_from_db()
    assert job.state == "failed"
    assert "in the middle of every attempt" in job.error


def test_due_are_the_waiting_and_the_abandoned(inside):
    waiting, later, running, abandoned, done = (ask(key=str(n)) for n in range(5))
    JobRequest.objects.filter(pk=later.pk).update(due_at=NOW + dt.timedelta(seconds=1))
    claim(running)
    claim_job(job_id=abandoned.pk, at=NOW, lease=dt.timedelta(0))
    finish_job(claim=claim(done), result={}, at=NOW)
    assert set(JobRequest.objects.due(NOW)) == {waiting, abandoned}


def test_a_failed_job_can_be_tried_again_and_only_a_failed_one(inside):
    job = ask(max_attempts=1)
    with pytest.raises(NotFailed, match="queued"):
        retry_job(job_id=job.pk, at=NOW)
    fail_job(claim=claim(job), error="no", at=NOW, first_wait=WAIT)
    again = retry_job(job_id=job.pk, at=NOW)
    assert (again.state, again.attempts, again.error) == ("queued", 0, "")
    assert claim(job) is not None


def test_a_run_writes_and_finishes_together(inside):
    job = ask()
    assert run(inside.pk, job.pk, lambda: NOW)
    assert not run(inside.pk, job.pk, lambda: NOW)
    job.refresh_from_db()
    assert (job.state, job.result, marks("m")) == ("done", {"summary": "marked m"}, 1)


def test_a_broken_handler_leaves_no_write_and_is_due_later(inside, caplog):
    job = ask("broken")
    assert not run(inside.pk, job.pk, lambda: NOW)
    job.refresh_from_db()
    assert (job.state, job.error, marks("m")) == ("queued", "ValueError: the machine is on fire", 0)
    assert job.due_at == NOW + dt.timedelta(seconds=10)
    assert "attempt 1 failed" in caplog.text


def test_a_handler_that_gives_up_is_not_tried_again(inside):
    job = ask("hopeless")
    run(inside.pk, job.pk, lambda: NOW)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("failed", 1, "The file is empty.")


def test_a_result_that_is_no_json_is_a_failure(inside, settings):
    settings.JOB_HANDLERS = {"odd": "tests.jobs.test_requests.answer_oddly"}
    job = ask("odd")
    run(inside.pk, job.pk, lambda: NOW)
    job.refresh_from_db()
    assert (job.state, job.error[:10]) == ("queued", "TypeError:")


def answer_oddly(job):
    return {"when": job.at}


def test_an_outsiders_job_runs_within_its_party(inside, settings):
    settings.JOB_HANDLERS = {"look": "tests.jobs.test_requests.look_around"}
    mine = make_party("MINE")
    make_party("OTHER")
    job = ask("look", by=make_member("partner", party_id=mine.pk))
    run(inside.pk, job.pk, lambda: NOW)
    job.refresh_from_db()
    assert job.result == {"parties": ["MINE"]}


def look_around(job):
    return {"parties": [party.code for party in Party.objects.all()]}
