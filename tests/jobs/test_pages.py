import pytest
from django.urls import reverse

from jobs.actions.request_job import request_job
from jobs.files import path_of, store_file
from jobs.models import JobRequest
from tenancy.scope import tenant_scope
from tests.factories.parties import make_party
from tests.factories.tenancy import make_member
from tests.fixtures import NOW
from tests.jobs.kinds import HANDLERS


@pytest.fixture(autouse=True)
def setting(settings, tmp_path):
    settings.JOB_HANDLERS = HANDLERS
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def browse(client):
    """Log in as a member and open a page of jobs."""

    def get(member, name, *args, method="get"):
        client.force_login(member.user)
        return getattr(client, method)(reverse(f"jobs:{name}", args=[member.tenant.slug, *args]))

    return get


def ask(key="k", by=None):
    return request_job(kind="slow_mark", unique_key=key, payload={}, by=by, at=NOW)


def keep(**values):
    values = {"kind": "t", "name": "Größe.txt", "content_type": "text/html", "right": "orders.view", **values}
    return store_file(b"<script>", **values)


def body(answer):
    return b"".join(answer.streaming_content)


def test_the_list_shows_every_state_and_refreshes_while_work_is_open(desk, browse):
    job = ask()
    page = browse(desk, "job_list")
    assert "Slow mark" in page.text
    assert 'http-equiv="refresh"' in page.text
    JobRequest.objects.filter(pk=job.pk).update(state="failed")
    page = browse(desk, "job_list")
    assert "Failed" in page.text
    assert 'http-equiv="refresh"' not in page.text


def test_the_empty_list_says_what_comes_there(desk, browse):
    assert "No jobs yet" in browse(desk, "job_list").text


def test_the_page_shows_progress_and_then_the_result(desk, browse):
    job, file = ask(), keep()
    JobRequest.objects.filter(pk=job.pk).update(
        state="running", progress_done=1500, progress_total=2000, progress_note="lines"
    )
    page = browse(desk, "job_detail", job.pk)
    assert "1,500 of 2,000" in page.text
    result = {"summary": "2,000 lines", "file_id": file.pk, "url": "/aurora/orders/"}
    JobRequest.objects.filter(pk=job.pk).update(state="done", result=result)
    page = browse(desk, "job_detail", job.pk)
    for part in ("2,000 lines", "Größe.txt", f"/aurora/downloads/{file.pk}/", 'href="/aurora/orders/"'):
        assert part in page.text


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/kestrel/jobs/"])
def test_a_result_leads_nowhere_else(desk, browse, url):
    job = ask()
    JobRequest.objects.filter(pk=job.pk).update(state="done", result={"url": url})
    assert url not in browse(desk, "job_detail", job.pk).text


def test_a_failed_job_shows_why_and_is_tried_again_by_a_button(desk, browse):
    job = ask()
    JobRequest.objects.filter(pk=job.pk).update(state="failed", attempts=5, error="disk <full>")
    page = browse(desk, "job_detail", job.pk)
    assert "disk &lt;full&gt;" in page.text
    assert "Try again" in page.text
    assert browse(desk, "job_retry", job.pk, method="post").status_code == 302
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 0)
    assert browse(desk, "job_retry", job.pk, method="post").status_code == 302
    assert "only a failed one" in browse(desk, "job_detail", job.pk).text


def test_an_outsider_sees_its_own_jobs_alone(inside, browse):
    mine, other = make_party(), make_party()
    partner, stranger = (make_member("partner", party_id=party.pk) for party in (mine, other))
    ours, own, theirs = ask("a"), ask("b", partner), ask("c", stranger)
    page = browse(partner, "job_list")
    assert f"/jobs/{own.pk}/" in page.text
    for hidden in (ours, theirs):
        assert f"/jobs/{hidden.pk}/" not in page.text
        assert browse(partner, "job_detail", hidden.pk).status_code == 404
        assert browse(partner, "job_retry", hidden.pk, method="post").status_code == 404


def test_a_download_comes_as_an_attachment_that_cannot_run(desk, browse):
    answer = browse(desk, "download", keep().pk)
    assert body(answer) == b"<script>"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.txt"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_download_asks_for_the_files_right(inside, browse):
    costly = keep(right="prices.cost")
    assert browse(make_member("manager"), "download", costly.pk).status_code == 404
    answer = browse(make_member("manager", sees_cost=True), "download", costly.pk)
    assert body(answer) == b"<script>"


def test_an_outsider_downloads_its_partys_files_alone(inside, browse):
    mine, other = make_party(), make_party()
    partner = make_member("partner", party_id=mine.pk)
    answer = browse(partner, "download", keep(party_id=mine.pk).pk)
    assert body(answer) == b"<script>"
    assert browse(partner, "download", keep(party_id=other.pk).pk).status_code == 404
    assert browse(partner, "download", keep().pk).status_code == 404


def test_a_file_or_job_of_another_tenant_does_not_exist(desk, kestrel, browse):
    with tenant_scope(kestrel.pk):
        file, job = keep(), ask()
    assert browse(desk, "download", file.pk).status_code == 404
    assert browse(desk, "job_detail", job.pk).status_code == 404


def test_a_file_lost_from_disk_is_not_found(desk, browse):
    file = keep()
    path_of(file).unlink()
    assert browse(desk, "download", file.pk).status_code == 404
