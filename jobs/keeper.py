"""Keeps the lease of a running job, and shows its progress, from a thread with a connection of its own."""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection

from jobs.actions.extend_lease import Reached, extend_lease
from jobs.handle import Claim, LostLease
from tenancy.scope import tenant_scope

PROGRESS_SECONDS = 0.5

log = logging.getLogger(__name__)


class LeaseKeeper:
    """A context around the handler. `stop()` before the final update, which would wait for the same row."""

    def __init__(self, claim: Claim, lease: dt.timedelta, clock: Callable[[], dt.datetime]):
        self.claim, self.lease, self.clock = claim, lease, clock
        self.is_lost = False
        self._beat_seconds = lease.total_seconds() / 3
        self._news: Reached | None = None
        self._wake = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=f"lease of job {claim.id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def report(self, done: int, total: int | None, note: str) -> None:
        if self.is_lost:
            raise LostLease(f"Job {self.claim.id}: attempt {self.claim.attempt} was taken over")
        with self._wake:
            self._news = Reached(done, total, note)
            self._wake.notify()

    def stop(self) -> None:
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self._thread.join()

    def _run(self) -> None:
        try:
            while self._wait():
                self._write()
        finally:
            connection.close()

    def _wait(self) -> bool:
        """Until there is news or the lease wants extending, but not more often than people can read."""
        with self._wake:
            self._wake.wait_for(lambda: self._stopping, PROGRESS_SECONDS)
            self._wake.wait_for(lambda: self._stopping or self._news, max(self._beat_seconds - PROGRESS_SECONDS, 0))
            return not self._stopping

    def _write(self) -> None:
        with self._wake:
            news, self._news = self._news, None
        try:
            with tenant_scope(self.claim.tenant_id):
                extend_lease(claim=self.claim, at=self.clock(), lease=self.lease, progress=news)
        except LostLease as error:
            self.is_lost = True
            log.warning("%s", error)
        except DatabaseError as error:
            log.warning("the lease of job %s could not be extended: %s", self.claim.id, error)
            connection.close()
            time.sleep(PROGRESS_SECONDS)
