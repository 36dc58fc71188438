from jobs.models.generated_file import GeneratedFile
from jobs.models.job_request import JobRequest
from jobs.models.outgoing_mail import OutgoingMail

__all__ = ["GeneratedFile", "JobRequest", "OutgoingMail"]
