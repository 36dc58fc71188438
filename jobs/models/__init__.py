from jobs.models.generated_file import GeneratedFile
from jobs.models.job_request import JobRequest

__all__ = ["GeneratedFile", "JobRequest"]
