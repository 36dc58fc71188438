"""Sends again what is due: the messages themselves may be lost with their broker."""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError as BrokerError

from jobs.models import JobRequest
from jobs.nudge import send
from tenancy.database_role import refuse_privileged_role
from tenancy.directory import active_tenants
from tenancy.scope import tenant_scope

BATCH = 500
LONGEST_WAIT_SECONDS = 60.0

log = logging.getLogger(__name__)


class Poller:
    """Goes round the tenants. A job sent a short while ago is left alone: it may be waiting in the queue."""

    def __init__(self, *, poll_seconds: float, resend_seconds: float, clock: Callable[[], dt.datetime]):
        self.poll_seconds, self.resend_seconds, self.clock = poll_seconds, resend_seconds, clock
        self._sent: dict[int, float] = {}
        self._may_serve = False

    def round(self) -> int:
        """One look at every tenant; the number of jobs sent. Raises when the database or the broker is lost.

        The first one that reaches the database asks whether our role may serve, or raises PrivilegedRoleError.
        """
        if not self._may_serve:
            refuse_privileged_role(connection)
            self._may_serve = True
        now = time.monotonic()
        self._sent = {job: sent for job, sent in self._sent.items() if now - sent < self.resend_seconds}
        return sum(self._send_due(tenant.id, now) for tenant in active_tenants())

    def run(self, stop: threading.Event) -> None:
        """Rounds until told to stop, ever more slowly while a server is away."""
        wait = self.poll_seconds
        while not stop.wait(wait):
            try:
                sent = self.round()
            except (DatabaseError, BrokerError) as error:
                connection.close()
                wait = min(max(wait, 0.5) * 2, LONGEST_WAIT_SECONDS)
                log.warning("the poller waits %.0f s: %s", wait, error)
                continue
            wait = self.poll_seconds
            if sent:
                log.info("sent %s due jobs again", sent)

    def _send_due(self, tenant_id: int, now: float) -> int:
        with tenant_scope(tenant_id):
            due = JobRequest.objects.due(self.clock()).exclude(pk__in=list(self._sent)).order_by("due_at")
            ids = list(due.values_list("pk", flat=True)[:BATCH])
        for job_id in ids:
            send(tenant_id, job_id)
            self._sent[job_id] = now
        return len(ids)
