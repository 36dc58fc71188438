import os
import signal
import subprocess
import sys
import time

import pytest

from deploy import process
from deploy.programs import command
from deploy.supervisor import Child, Supervisor


@pytest.fixture
def said():
    return []


@pytest.fixture
def supervisor(said):
    supervisor = Supervisor(said.append)
    yield supervisor
    supervisor.stop()


def sleeper(tmp_path, name="sleeper", script="sleep 60"):
    return command(name, ["sh", "-c", script], {"PATH": os.environ["PATH"]}, tmp_path / f"{name}.log")


def gone(identity):
    return lambda: not process.is_alive(identity)


def test_killed_child_is_reported_and_started_again(tmp_path, supervisor, said):
    child = supervisor.add(sleeper(tmp_path))
    first = child.identity
    os.kill(first.pid, signal.SIGKILL)
    assert supervisor.watch(lambda: child.identity not in (None, first), seconds=10)
    assert process.is_alive(child.identity)
    assert said == [
        f"sleeper ended (signal 9); starts again in 0.5 s. See {tmp_path}/sleeper.log",
        "sleeper is started again",
    ]


def test_child_that_keeps_failing_waits_longer_each_time(tmp_path, supervisor, said):
    supervisor.add(sleeper(tmp_path, script="exit 3"))
    assert supervisor.watch(lambda: len(said) >= 5, seconds=10)
    ends = [line for line in said if "ended" in line]
    assert [line.split("; ")[1].split(" s")[0] for line in ends] == [
        f"starts again in {delay}" for delay in ("0.5", "1", "2")
    ]
    assert "exit code 3" in ends[0]


def test_wait_never_grows_beyond_the_longest_delay(tmp_path, said):
    child = Child(sleeper(tmp_path, script="exit 1"), said.append)
    child.failures = 50
    child.start()
    deadline = time.monotonic() + 10
    while not said and time.monotonic() < deadline:
        child.tick()
        time.sleep(0.02)
    assert "starts again in 30 s" in said[0]


def test_stop_leaves_no_child_and_no_grandchild(tmp_path, supervisor):
    script = "sleep 61 & echo $! > grandchild; wait"
    program = sleeper(tmp_path, script=f"cd {tmp_path}; {script}")
    child = supervisor.add(program)
    assert supervisor.watch((tmp_path / "grandchild").exists, seconds=10)
    time.sleep(0.1)
    grandchild = process.identify(int((tmp_path / "grandchild").read_text()))
    supervisor.stop()
    assert process.wait_until_gone(child.identity, 5)
    assert process.wait_until_gone(grandchild, 5)


def test_running_server_is_taken_over_not_started_twice(tmp_path, supervisor, said):
    with subprocess.Popen(["sleep", "62"]) as running:
        identity = process.identify(running.pid)
        program = sleeper(tmp_path)
        adopting = type(program)(
            program.name,
            program.launch,
            program.log,
            adopt=lambda: identity if process.is_alive(identity) else None,
        )
        child = supervisor.add(adopting)
        assert child.identity == identity
        running.kill()
        assert supervisor.watch(lambda: child.identity not in (None, identity), seconds=10)
        assert said[0].startswith("sleeper ended (process gone)")


def test_children_end_when_the_supervisor_is_killed_outright(tmp_path):
    script = f"""
import os, pathlib, sys, time
from deploy.programs import command
from deploy.supervisor import Supervisor
supervisor = Supervisor(print)
log = pathlib.Path({str(tmp_path)!r}) / "orphan.log"
child = supervisor.add(command("orphan", ["sleep", "63"], dict(os.environ), log))
print(child.identity.pid, flush=True)
supervisor.watch()
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        orphan = process.identify(int(parent.stdout.readline()))
        parent.kill()
    assert process.wait_until_gone(orphan, 5)


def test_output_of_a_child_is_kept(tmp_path, supervisor):
    supervisor.add(sleeper(tmp_path, script="echo hello; echo trouble >&2; sleep 64"))
    log = tmp_path / "sleeper.log"
    assert supervisor.watch(lambda: log.exists() and "trouble" in log.read_text(), seconds=10)
    assert log.read_text() == "hello\ntrouble\n"
