import datetime as dt
from typing import Self

from django.db.models import Q

from jobs.choices import UNFINISHED, JobState
from tenancy.querysets import TenantManager, TenantQuerySet


class JobQuerySet(TenantQuerySet):
    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def due(self, at: dt.datetime) -> Self:
        """May be taken now: waiting and due, or left behind by a worker whose lease is over (index job_unfinished)."""
        abandoned = Q(state=JobState.RUNNING, lease_until__lte=at)
        return self.unfinished().filter(Q(state=JobState.QUEUED) | abandoned, due_at__lte=at)


JobManager = TenantManager.from_queryset(JobQuerySet)
