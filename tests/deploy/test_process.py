import os
import signal
import subprocess

import pytest

from deploy import process


@pytest.fixture
def sleeper():
    with subprocess.Popen(["sleep", "60"]) as child:
        yield child
        child.kill()


def test_pid_file_of_a_live_process_is_believed(tmp_path, sleeper):
    path = tmp_path / "pid"
    process.write_pid_file(path, sleeper.pid)
    assert process.read_pid_file(path).pid == sleeper.pid


def test_pid_file_of_an_ended_process_is_stale(tmp_path, sleeper):
    path = tmp_path / "pid"
    process.write_pid_file(path, sleeper.pid)
    sleeper.kill()
    sleeper.wait()
    assert process.read_pid_file(path) is None


def test_pid_that_now_belongs_to_a_stranger_is_not_believed(tmp_path, sleeper):
    path = tmp_path / "pid"
    process.write_pid_file(path, sleeper.pid)
    pid, started = path.read_text().split()
    path.write_text(f"{pid} {int(started) - 1}\n")
    assert process.read_pid_file(path) is None


@pytest.mark.parametrize("content", ["", "abc", "12", "1 2 3", "99999999 5"])
def test_broken_pid_file_is_nobody(tmp_path, content):
    path = tmp_path / "pid"
    path.write_text(content)
    assert process.read_pid_file(path) is None


def test_missing_pid_file_is_nobody(tmp_path):
    assert process.read_pid_file(tmp_path / "none") is None


def test_unreaped_child_is_not_alive(sleeper):
    identity = process.identify(sleeper.pid)
    os.kill(sleeper.pid, signal.SIGKILL)
    assert process.wait_until_gone(identity, 5)


def test_program_is_known_by_a_whole_argument(sleeper):
    assert process.runs_with(sleeper.pid, "60")
    assert not process.runs_with(sleeper.pid, "6")


def test_stop_goes_on_to_the_harder_signal():
    script = 'trap "" TERM; echo ready; while :; do sleep 0.05; done'
    with subprocess.Popen(["sh", "-c", script], stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        process.stop(process.identify(child.pid), ((signal.SIGTERM, 0.2), (signal.SIGKILL, 5)))
        assert child.wait() == -signal.SIGKILL
