from django.db import models

from jobs.choices import MailState
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class OutgoingMail(TenantModel):
    """A mail that leaves the house once, and the log of it; what it carries is said by the floor that sends it.

    `tries` counts how often it was handed to the mail server; each try is a job of its own, the newest is `job`.
    """

    address = models.EmailField(help_text="Where it went, whatever the recipient's address is now")
    state = models.CharField(max_length=8, choices=MailState, default=MailState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=400, blank=True)
    job = TenantKey("jobs.JobRequest", null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
