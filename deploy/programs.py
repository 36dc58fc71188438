"""The processes that make up the running system."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from deploy import process
from deploy.instance import Instance
from deploy.paths import ROOT

WEB_THREADS = 4
LOG_BYTES = 20 * 2**20
PR_SET_PDEATHSIG = 1
Signals = tuple[tuple[signal.Signals, float], ...]
POLITE: Signals = ((signal.SIGTERM, 10), (signal.SIGQUIT, 5), (signal.SIGKILL, 5))
_libc = ctypes.CDLL(None)


@dataclass(frozen=True)
class Program:
    """How to start one process, how to ask it to end, and perhaps one that runs already."""

    name: str
    launch: Callable[[], subprocess.Popen[bytes]]
    log: Path
    stop_signals: Signals = POLITE
    level: int = 1
    """Higher levels lean on lower ones, so they stop first."""
    adopt: Callable[[], process.Identity | None] = field(default=lambda: None)


def command(name: str, arguments: list[str], environment: Mapping[str, str], log: Path) -> Program:
    """A program of our own, started in the checkout with its output in a log file."""

    def launch() -> subprocess.Popen[bytes]:
        log.parent.mkdir(parents=True, exist_ok=True)
        roll(log)
        with log.open("ab") as output:
            return subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env=dict(environment),
                start_new_session=True,
                preexec_fn=ends_with_parent(signal.SIGTERM),
            )

    return Program(name, launch, log)


def server(name: str, module: ModuleType, instance: Instance, polite: signal.Signals) -> Program:
    """An embedded server. One that a command has started before is taken over as it is."""

    def launch() -> subprocess.Popen[bytes]:
        roll(module.log_file(instance))
        started: subprocess.Popen[bytes] = module.launch(instance, ends_with_parent(polite))
        return started

    signals = ((polite, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5))
    return Program(name, launch, module.log_file(instance), signals, 0, lambda: module.find(instance))


def ends_with_parent(number: signal.Signals) -> Callable[[], None]:
    """Run in the child: the kernel sends it this signal should its supervisor be killed outright."""

    def request() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)

    return request


def roll(log: Path) -> None:
    """Keep one older log, so that a long-lived checkout does not fill the disk."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".old.log"))


def applications(environment: Mapping[str, str], log_folder: Path, beat_file: Path) -> list[Program]:
    """Web, worker, beat and poller on servers that are up."""
    python = sys.executable
    celery = [python, "-m", "celery", "--app", "oms.celery"]
    workers = str(min(4, os.cpu_count() or 2))
    worker = [*celery, "worker", "--loglevel=INFO", f"--concurrency={workers}", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel=INFO", f"--schedule={beat_file}", "--pidfile="]
    web = [python, "-m", "gunicorn", "--config=deploy/gunicorn_config.py", "oms.wsgi:application"]
    pooled = {**environment, "OMS_DATABASE_POOL": str(WEB_THREADS), "WEB_THREADS": str(WEB_THREADS)}
    poller = [python, "manage.py", "poll_jobs"]
    return [
        command("web", web, pooled, log_folder / "web.log"),
        command("worker", worker, environment, log_folder / "worker.log"),
        command("beat", beat, environment, log_folder / "beat.log"),
        command("poller", poller, environment, log_folder / "poller.log"),
    ]
