from jobs.views.download import Download
from jobs.views.jobs import JobDetail, JobList, RetryJob

__all__ = ["Download", "JobDetail", "JobList", "RetryJob"]
