"""A second session beside the one of the test, and how it is seen to wait."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from time import sleep
from typing import Any

from django.db import connection

BLOCKED = "SELECT pid FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"


def beside(scope: Callable[[], AbstractContextManager[Any]], work: Callable[[], Any]) -> Future[Any]:
    """Start `work` in a session and a scope of its own; what it gives or raises comes with `result()`."""

    def run() -> Any:
        try:
            with scope():
                return work()
        finally:
            connection.close()

    pool = ThreadPoolExecutor(1)
    found = pool.submit(run)
    pool.shutdown(wait=False)
    return found


def wait_until_somebody_waits() -> int:
    """The process of the session that waits for a lock that this one holds."""
    for _ in range(400):
        with connection.cursor() as cursor:
            cursor.execute(BLOCKED)
            if found := cursor.fetchone():
                return found[0]
        sleep(0.05)
    raise AssertionError("nobody came to wait")
