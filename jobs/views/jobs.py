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
        running = any(job.is_unfinished for job in jobs)
        return render(request, "jobs/list.html", {"jobs": jobs, "rows": ROWS, "refresh": refresh(running)})


class JobDetail(JobsView):
    def get(self, request: HttpRequest, tenant: str, pk: int) -> HttpResponse:
        job = get_object_or_404(JobRequest, pk=pk)
        result = job.result or {}
        context = {
            "job": job,
            "files": GeneratedFile.objects.filter(pk__in=file_ids(result)).order_by("pk"),
            "summary": result.get("summary", ""),
            "link": local_address(result.get("url", ""), self.request.tenant.slug),
            "refresh": refresh(job.is_unfinished),
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


def refresh(unfinished: bool) -> int | None:  # noqa: FBT001 -- reads as a sentence where it is called
    return REFRESH_SECONDS if unfinished else None


def file_ids(result: dict[str, Any]) -> list[int]:
    found = [*result.get("file_ids", []), result.get("file_id")]
    return [pk for pk in found if isinstance(pk, int)]


def local_address(url: str, slug: str) -> str:
    """Only pages of this tenant: a result must not lead anywhere else."""
    return url if url.startswith(f"/{slug}/") else ""
