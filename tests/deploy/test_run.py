"""The whole system as real processes, in an instance of its own beside any other."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from deploy import ports, process
from deploy.instance import Instance
from deploy.paths import ROOT

# One for each process of pytest-xdist, among which the tests of this file are dealt out.
TRIAL = Instance(f"trial-{os.environ.get('PYTEST_XDIST_WORKER', 'one')}")
OWN = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE")

pytestmark = [pytest.mark.processes, pytest.mark.slow]


@pytest.fixture(scope="module")
def environment():
    inherited = {name: value for name, value in os.environ.items() if name not in OWN}
    environment = {**inherited, "OMS_INSTANCE": TRIAL.name, "OMS_DEMO": "0", "PORT": str(ports.pick())}
    deploy("clean", environment)
    yield environment
    deploy("clean", environment)


def deploy(command, environment):
    return subprocess.run(
        [sys.executable, "-m", "deploy", command], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def wait_for(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    pytest.fail(f"not true within {seconds} s")


def readiness(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return json.load(response)
    except (urllib.error.URLError, OSError):
        return None


def children_of(pid):
    """Identity and command line of each child."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = {}
    for child in map(int, listed):
        identity = process.identify(child)
        if identity:
            arguments = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            found[identity] = arguments
    return found


def find_child(pid, part):
    return next((identity for identity, line in children_of(pid).items() if part in line), None)


def descendants_of(pid):
    own = list(children_of(pid))
    return own + [further for child in own for further in descendants_of(child.pid)]


def test_life_of_a_running_system(environment, tmp_path):
    port = environment["PORT"]
    stale = TRIAL.folder / "supervisor.pid"
    stale.parent.mkdir(parents=True, exist_ok=True)
    stale.write_text(f"{os.getpid()} 1\n")
    log = tmp_path / "output"
    with log.open("w") as output:
        running = subprocess.Popen(
            [sys.executable, "-m", "deploy", "run"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_for(lambda: "is ready at" in log.read_text() or running.poll() is not None)
        assert f"http://127.0.0.1:{port}" in log.read_text()
        assert readiness(port) == {"database": True, "broker": True}

        second = deploy("run", environment)
        assert (second.returncode, second.stderr) == (
            1,
            "It runs already from this folder: `make down` stops it.\n",
        )

        for part in ("worker", "beat", "poll_jobs", "valkey-server"):
            assert find_child(running.pid, part)
        for part in ("gunicorn", "postgres"):
            killed = find_child(running.pid, part)
            os.kill(killed.pid, signal.SIGKILL)
            wait_for(lambda part=part, killed=killed: find_child(running.pid, part) not in (None, killed))
        wait_for(lambda: readiness(port) == {"database": True, "broker": True})
        assert "web ended (signal 9); starts again in 0.5 s" in log.read_text()
        assert "postgres is started again" in log.read_text()

        everyone = descendants_of(running.pid)
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 0
        assert [identity for identity in everyone if not process.wait_until_gone(identity, 5)] == []
        assert "Everything is stopped." in log.read_text()
    finally:
        running.kill()
        running.wait()


def test_command_starts_servers_and_leaves_none_behind(environment):
    script = (
        "from django.db import connection as c; k = c.cursor();"
        " k.execute('SELECT session_user'); print(k.fetchone()[0])"
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, "oms_app\n")
    pid_file = TRIAL.home / "postgres" / "postmaster.pid"
    assert not pid_file.exists()


def test_taken_port_is_said_plainly(environment):
    with subprocess.Popen(
        [sys.executable, "-m", "http.server", environment["PORT"], "--bind", "127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as stranger:
        wait_for(lambda: not ports.is_free(int(environment["PORT"])))
        done = deploy("run", environment)
        stranger.kill()
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {environment['PORT']} is taken. Choose another")


@pytest.mark.parametrize("port", ["", "80a", "0", "65536", "-1"])
def test_port_must_be_a_port(environment, port):
    done = deploy("run", {**environment, "PORT": port})
    assert (done.returncode, done.stderr.split(";")[0]) == (1, f"PORT is {port!r}")


def test_half_an_environment_is_refused(environment):
    done = deploy("run", {**environment, "DATABASE_URL": "postgresql://localhost/oms"})
    assert done.returncode == 1
    assert done.stderr == (
        "Real servers need all of DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL; missing: DATABASE_OWNER_URL, REDIS_URL\n"
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "arguments",
    [
        ["gunicorn", "--config=deploy/gunicorn_config.py", "oms.wsgi:application"],
        ["celery", "--app", "oms.celery", "worker", "--pool=solo"],
        ["celery", "--app", "oms.celery", "beat", "--pidfile="],
    ],
)
def test_nothing_serves_as_the_owner(process_environment, arguments, tmp_path):
    if "beat" in arguments:
        arguments = [*arguments, f"--schedule={tmp_path / 'beat'}"]
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={
            **process_environment,
            "DATABASE_URL": process_environment["DATABASE_OWNER_URL"],
            "PORT": str(ports.pick()),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert "oms_owner owns the database. Web and workers run as oms_app" in done.stdout + done.stderr


@pytest.mark.django_db(transaction=True)
def test_set_up_refuses_the_owner_as_app(process_environment):
    done = subprocess.run(
        [sys.executable, "manage.py", "set_up"],
        cwd=ROOT,
        env={**process_environment, "DATABASE_URL": process_environment["DATABASE_OWNER_URL"]},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "oms_owner owns the database" in done.stderr


@pytest.mark.django_db(transaction=True)
def test_given_servers_are_used_without_demo_logins(process_environment):
    given = {name: process_environment[name] for name in OWN}
    inherited = {name: value for name, value in os.environ.items() if name != "OMS_EMBEDDED_SERVERS"}
    done = deploy("setup", {**inherited, **given, "OMS_INSTANCE": TRIAL.name})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Setting up the database …\nEverything is set up: `make run` starts it.\n"
