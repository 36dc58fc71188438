"""The four things one does with a checkout: set up, run, put up in the background, take down."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from deploy import environment, locks, ports, process
from deploy.embedded import home
from deploy.embedded.servers import SERVERS, Servers, stop_all
from deploy.instance import DEFAULT_NAME, MAIN, TEST
from deploy.paths import ROOT
from deploy.programs import applications, server
from deploy.supervisor import Supervisor

READY_SECONDS = 90
DOWN_SECONDS = 60
PID_FILE = MAIN.folder / "supervisor.pid"
RUN_LOCK = MAIN.folder / "supervisor.lock"
OUTPUT = MAIN.log_folder / "supervisor.log"


class CannotRunError(RuntimeError):
    """Something that a person can put right; the text says what."""


def set_up() -> None:
    """Create the databases, migrate them and load the demo, then leave nothing running."""
    if environment.uses_given_servers():
        logins = _set_up_database()
    else:
        with Servers(MAIN):
            logins = _set_up_database()
    _say(f"{logins}Everything is set up: `make run` starts it.")


def run() -> None:
    """Serve until a signal comes."""
    host, port = _address()
    with locks.alone(RUN_LOCK) as is_alone:
        if not is_alone:
            raise CannotRunError("It runs already from this folder: `make down` stops it.")
        if not ports.is_free(port, host):
            raise CannotRunError(f"Port {port} is taken. Choose another, as in: PORT={port + 1} make run")
        process.write_pid_file(PID_FILE, os.getpid())
        try:
            _serve(host, port)
        finally:
            PID_FILE.unlink(missing_ok=True)


def up() -> None:
    """Start `run` in the background and wait until it answers."""
    if running_supervisor():
        raise CannotRunError("It runs already from this folder: `make down` stops it.")
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    with OUTPUT.open("wb") as output:
        started = subprocess.Popen(
            [sys.executable, "-m", "deploy", "run"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            start_new_session=True,
        )
    shown = 0
    while True:
        ended = started.poll() is not None
        text = OUTPUT.read_text()
        print(text[shown:].replace(f" {READY_LINE}.", ""), end="", flush=True)
        shown = len(text)
        if ended:
            raise CannotRunError("It did not start.")
        if READY_LINE in text:
            break
        time.sleep(0.2)
    print("It runs in the background: `make down` stops it.")


def down() -> None:
    """Stop what `run` or `up` started, and servers that a killed command has left behind."""
    supervisor = running_supervisor()
    if supervisor:
        process.stop(supervisor, ((signal.SIGTERM, DOWN_SECONDS), (signal.SIGKILL, 5)))
    stop_all(MAIN)
    print("Stopped." if supervisor else "Nothing was running.")


def clean() -> None:
    """Remove the data of this instance's servers; with the usual one go the tests' own."""
    down()
    for instance in (MAIN, TEST) if MAIN.name == DEFAULT_NAME else (MAIN,):
        stop_all(instance)
        for folder in (instance.home, instance.folder):
            shutil.rmtree(folder, ignore_errors=True)
    home.forget()


def running_supervisor() -> process.Identity | None:
    """Named by the pid file, and really ours: the same start time and the same program."""
    identity = process.read_pid_file(PID_FILE)
    if identity is None or not process.runs_with(identity.pid, "deploy"):
        return None
    return identity


READY_LINE = "Ctrl-C stops it"


def _serve(host: str, port: int) -> None:
    supervisor = Supervisor(_report)
    supervisor.listen_to_signals()
    seat = None
    try:
        if not environment.uses_given_servers():
            _say("Starting the servers …")
            seat = locks.join(Servers(MAIN).seats)
            _start_servers(supervisor)
        environment.export()
        logins = _set_up_database()
        url = f"http://{_for_browsers(host)}:{port}"
        MAIN.keep_address(url)
        for program in applications(os.environ, MAIN.log_folder, MAIN.folder / "beat-schedule"):
            supervisor.add(program)
        if supervisor.watch(lambda: _answers(f"{url}/readyz"), READY_SECONDS):
            _say(f"\nChannel OMS is ready at {url}\n{logins}Logs: {_shown(MAIN.log_folder)}. {READY_LINE}.\n")
        elif not supervisor.stopping:
            _report(f"not ready after {READY_SECONDS} s; still trying. Logs: {_shown(MAIN.log_folder)}")
        supervisor.watch()
        _say("\nStopping …")
    except CannotRunError:
        # Ctrl-C reaches the set-up too, which is then no failure of its own.
        if not supervisor.stopping:
            raise
    finally:
        supervisor.stop()
        if seat:
            seat.close()
    _say("Everything is stopped.")


def _start_servers(supervisor: Supervisor) -> None:
    with locks.exclusive(Servers(MAIN).door):
        for name, module in SERVERS.items():
            polite = signal.SIGINT if name == "postgres" else signal.SIGTERM
            module.prepare(MAIN)
            supervisor.add(server(name, module, MAIN, polite))
            module.wait_until_ready(MAIN)


def _set_up_database() -> str:
    """Migrate and load the demo in a process of its own; returns the demo logins to show, if any."""
    environment.export()
    _say("Setting up the database …")
    done = subprocess.run(
        [sys.executable, "manage.py", "set_up"], cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True
    )
    if done.returncode != 0:
        raise CannotRunError("The database could not be set up (see above).")
    return done.stdout


def _address() -> tuple[str, int]:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotRunError(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return os.environ.get("HOST", "127.0.0.1"), int(text)


def _for_browsers(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 -- compared, not bound


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 -- our own loopback address
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _report(text: str) -> None:
    _say(f"{time.strftime('%H:%M:%S')} {text}")


def _say(text: str) -> None:
    """At once, also into a pipe or a file."""
    print(text, flush=True)


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


COMMANDS: dict[str, Callable[[], None]] = {
    "setup": set_up,
    "run": run,
    "up": up,
    "down": down,
    "clean": clean,
}
