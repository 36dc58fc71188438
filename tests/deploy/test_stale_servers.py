"""What a crash or a reboot leaves behind is looked at, not believed."""

import subprocess

import pytest

from deploy.embedded import postgres, valkey
from deploy.instance import Instance


@pytest.fixture
def stranger(tmp_path):
    with subprocess.Popen(["sleep", "65"], cwd="/") as child:
        yield child
        child.kill()


@pytest.fixture
def instance(tmp_path):
    class Elsewhere(Instance):
        home = tmp_path

    return Elsewhere("elsewhere")


def test_stranger_with_the_old_number_is_not_our_server(instance, stranger):
    for module, folder, name in ((postgres, "postgres", "postmaster.pid"), (valkey, "valkey", "valkey.pid")):
        (instance.home / folder).mkdir()
        (instance.home / folder / name).write_text(f"{stranger.pid}\n")
        assert module.find(instance) is None


def test_pid_file_that_names_a_stranger_is_removed(tmp_path, stranger):
    file = tmp_path / "postmaster.pid"
    file.write_text(f"{stranger.pid}\n{tmp_path}\n")
    postgres.forget_stale_pid_file(tmp_path)
    assert not file.exists()


def test_pid_file_stays_while_somebody_works_on_the_data(tmp_path, stranger):
    file = tmp_path / "postmaster.pid"
    file.write_text(f"{stranger.pid}\n{tmp_path}\n")
    with subprocess.Popen(["sleep", "66"], cwd=tmp_path) as backend:
        postgres.forget_stale_pid_file(tmp_path)
        backend.kill()
    assert file.exists()


def test_pid_file_of_an_ended_server_is_left_to_postgresql(tmp_path, stranger):
    stranger.kill()
    stranger.wait()
    file = tmp_path / "postmaster.pid"
    file.write_text(f"{stranger.pid}\n{tmp_path}\n")
    postgres.forget_stale_pid_file(tmp_path)
    assert file.exists()
