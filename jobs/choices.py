from django.db.models import TextChoices


class JobState(TextChoices):
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


class MailState(TextChoices):
    """Where one mail has got to. `ready` and not sent, with its last job failed, may or may not have gone out."""

    WAITING = "waiting", "Being made"
    READY = "ready", "Being sent"
    SENT = "sent", "Sent"
    RETRYING = "retrying", "Will be tried again"
    FAILED = "failed", "Not sent"
    DROPPED = "dropped", "Dropped"
