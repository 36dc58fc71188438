from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from jobs.actions.retry_job import NotFailed, retry_job
from jobs.models import GeneratedFile, JobRequest
from jobs.views.access import JobsView

ROWS = 100
REFRESH_SECONDS = 3


class JobList(JobsView):
    def get(self, request: HttpRequest, tenant: str) -> HttpResponse:
        jobs = list(JobRequest.objects.order_by("-id")[:ROWS])
        return render(request, "jobs/list.html", {"jobs": jobs, "rows": ROWS, "refresh": seconds_to_news(jobs)})


class JobDetail(JobsView):
    def get(self, request: HttpRequest, tenant: str, pk: int) -> HttpResponse:
        job = get_object_or_404(JobRequest, pk=pk)
        result = job.result or {}
        context = {
            "job": job,
            "files": GeneratedFile.objects.filter(pk__in=file_ids(result)).order_by("pk"),
            "summary": result.get("summary", ""),
            "link": local_address(result.get("url", ""), self.request.tenant.slug),
            "refresh": seconds_to_news([job]),
        }
        return render(request, "jobs/detail.html", context)


class RetryJob(JobsView):
    def post(self, request: HttpRequest, tenant: str, pk: int) -> HttpResponse:
        get_object_or_404(JobRequest, pk=pk)
        try:
            retry_job(job_id=pk, at=timezone.now())
        except NotFailed as error:
            messages.error(request, str(error))
        return redirect("jobs:job_detail", tenant=tenant, pk=pk)


def seconds_to_news(jobs: Iterable[JobRequest]) -> int | None:
    """After how long the page is worth reading again; None when nothing on it is going to change."""
    return REFRESH_SECONDS if any(job.is_unfinished for job in jobs) else None


def file_ids(result: dict[str, Any]) -> list[int]:
    found = [*result.get("file_ids", []), result.get("file_id")]
    return [pk for pk in found if isinstance(pk, int)]


def local_address(url: str, slug: str) -> str:
    """Only pages of this tenant: a result must not lead anywhere else."""
    return url if url.startswith(f"/{slug}/") else ""
