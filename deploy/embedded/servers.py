"""Both servers together: whoever needs them joins, the last one out stops what nobody needs."""

import subprocess
from pathlib import Path
from types import ModuleType, TracebackType
from typing import IO, Self

from deploy import locks
from deploy.embedded import postgres, valkey
from deploy.instance import Instance

SERVERS: dict[str, ModuleType] = {"postgres": postgres, "valkey": valkey}


class Servers:
    """Use as a context, or `join()` now and `leave()` later.

    A supervisor and any number of commands or test runs may hold the same instance at once.
    """

    def __init__(self, instance: Instance, names: tuple[str, ...] = ("postgres", "valkey")):
        self.instance = instance
        self.names = names
        self._seat: IO[str] | None = None
        # Kept so that Python does not complain about children that outlive their parent.
        self._started: list[subprocess.Popen[bytes]] = []

    def join(self) -> Self:
        """Start what is not up and wait until it answers."""
        try:
            with locks.exclusive(self.door):
                if self._seat is None:
                    self._seat = locks.join(self.seats)
                for name in self.names:
                    self._ensure(SERVERS[name])
        except BaseException:
            self.leave()
            raise
        return self

    def leave(self) -> None:
        with locks.exclusive(self.door):
            if self._seat is not None:
                self._seat.close()
                self._seat = None
            if locks.is_free(self.seats):
                stop_all(self.instance)
        for server in self._started:
            server.poll()
            server.returncode = server.returncode or 0

    def __enter__(self) -> Self:
        return self.join()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    @property
    def door(self) -> Path:
        return self.instance.folder / "servers.lock"

    @property
    def seats(self) -> Path:
        return self.instance.folder / "servers-in-use.lock"

    def _ensure(self, server: ModuleType) -> None:
        server.prepare(self.instance)
        if server.find(self.instance):
            server.wait_until_ready(self.instance)
            return
        started = server.launch(self.instance)
        self._started.append(started)
        server.wait_until_ready(self.instance, started)


def stop_all(instance: Instance) -> None:
    for server in reversed(SERVERS.values()):
        identity = server.find(instance)
        if identity:
            server.stop(identity)
