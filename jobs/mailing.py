"""Handing mails to the mail server. The floors above say what is in them and when they are due."""

import datetime as dt
from collections.abc import Callable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from jobs.actions.request_job import request_job
from jobs.choices import JobState, MailState
from jobs.engine import backoff
from jobs.models import OutgoingMail

MAX_TRIES = 6
FIRST_WAIT = dt.timedelta(minutes=2)
UNCERTAIN = "Uncertain"
ON_ITS_WAY = (MailState.READY, MailState.RETRYING)
TONES = {"Sent": "good", "Will be tried again": "warn", "Not sent": "bad", UNCERTAIN: "bad", "Dropped": "warn"}


class NothingToSend(ValueError):
    """The mail has gone out, or is on its way."""

    def __init__(self) -> None:
        super().__init__("This mail has gone out, or is on its way.")


def request_try(
    mail: OutgoingMail, *, kind: str, payload: dict[str, int], at: dt.datetime, due_at: dt.datetime
) -> None:
    """Ask for one try at the mail server, by a job of this kind.

    A try is never repeated by itself: when the worker is killed in the middle of it nobody knows whether the mail has
    gone out, and two are worse than one that a person sends again.
    """
    mail.tries += 1
    mail.job = request_job(
        kind=kind,
        unique_key=f"{mail.pk} try {mail.tries}",
        payload=payload,
        by=None,
        at=at,
        due_at=due_at,
        max_attempts=1,
    )
    mail.save(update_fields=["tries", "job"])


def attempt(
    mail: OutgoingMail, message: EmailMessage, *, at: dt.datetime, again: Callable[[dt.datetime], None]
) -> None:
    """One try. A refusal is noted, and `again` is asked for a later one, as long as there are any left."""
    try:
        message.send()
    except (SMTPException, OSError) as error:
        mail.error = f"{type(error).__name__}: {error}"[:400]
        if mail.tries >= MAX_TRIES:
            mail.state = MailState.FAILED
            return
        mail.state = MailState.RETRYING
        again(at + backoff(mail.tries, FIRST_WAIT))
    else:
        mail.state, mail.sent_at, mail.error = MailState.SENT, at, ""


def message_id(kind: str, mail: OutgoingMail) -> str:
    """The mail's own, whichever try it is: no mailbox shows it twice."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">") or "localhost"
    return f"<{kind}-{mail.tenant_id}-{mail.pk}@{domain}>"


def may_be_sent_again(mail: OutgoingMail) -> bool:
    """It was not sent, or nobody knows."""
    if mail.state in (MailState.FAILED, MailState.DROPPED):
        return True
    return mail.state != MailState.SENT and has_failed(mail)


def has_failed(mail: OutgoingMail) -> bool:
    return mail.job is not None and mail.job.state == JobState.FAILED


def state_words(mail: OutgoingMail) -> str:
    """A try whose worker ended in the middle: the mail may or may not have gone out."""
    if mail.state in ON_ITS_WAY and has_failed(mail):
        return UNCERTAIN
    if mail.state == MailState.WAITING and has_failed(mail):
        return str(MailState.FAILED.label)
    return str(MailState(mail.state).label)


def error_of(mail: OutgoingMail) -> str:
    if mail.error:
        return mail.error
    return mail.job.error if mail.job is not None and has_failed(mail) else ""
