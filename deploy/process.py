"""Which process is it really: a number alone is reused by the kernel, so it is never believed."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Identity:
    """A process id with its start time in clock ticks since boot, which together are unique."""

    pid: int
    started: int


def identify(pid: int) -> Identity | None:
    """The process that has this id now; None when there is none or it has only to be reaped."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    if fields[0] in ("Z", "X"):
        return None
    return Identity(pid, int(fields[19]))


def is_alive(identity: Identity) -> bool:
    return identify(identity.pid) == identity


def runs_with(pid: int, argument: str) -> bool:
    """The process is alive and was started with this very argument."""
    if identify(pid) is None:
        return False
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return argument.encode() in arguments


def program(pid: int) -> str:
    """Path of the program that the process runs; empty when it is gone or not ours to see."""
    try:
        return str(Path(f"/proc/{pid}/exe").readlink())
    except OSError:
        return ""


def works_in(folder: Path) -> bool:
    """Some process has this folder as its working directory."""
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if entry.readlink() == folder:
                return True
        except OSError:
            continue
    return False


def write_pid_file(path: Path, pid: int) -> None:
    identity = identify(pid)
    if identity is None:
        raise ProcessLookupError(pid)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{identity.pid} {identity.started}\n")


def read_pid_file(path: Path) -> Identity | None:
    """The live process that wrote the file; a stale or broken file is nobody."""
    try:
        pid, started = (int(part) for part in path.read_text().split())
    except (OSError, ValueError):
        return None
    identity = Identity(pid, started)
    return identity if is_alive(identity) else None


def wait_until_gone(identity: Identity, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while is_alive(identity):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def stop(identity: Identity, signals: tuple[tuple[signal.Signals, float], ...]) -> None:
    """Send each signal in turn and wait its seconds, until the process is gone."""
    for number, seconds in signals:
        if not is_alive(identity):
            return
        try:
            os.kill(identity.pid, number)
        except ProcessLookupError:
            return
        if wait_until_gone(identity, seconds):
            return
