import dataclasses
import json
import os
import socket
import stat
from pathlib import Path

import pytest

from deploy import environment, ports
from deploy import instance as instances
from deploy.instance import Instance


@pytest.fixture
def instance(tmp_path, monkeypatch):
    monkeypatch.setattr(instances, "VAR", tmp_path)
    return Instance("trial")


def test_secrets_are_made_once_and_readable_by_the_owner_only(instance):
    first = instance.secrets()
    assert instance.secrets() == first
    assert len(set(first.values())) == 5
    assert all(len(value) >= 40 for value in first.values())
    mode = (instance.folder / "secrets.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_addresses_carry_the_roles_and_ports(instance):
    secret, port = instance.secrets(), instance.ports()
    environment = instance.environment()
    assert environment["DATABASE_URL"] == (
        f"postgresql://oms_app:{secret['app_password']}@127.0.0.1:{port['postgres']}/oms"
    )
    assert environment["DATABASE_OWNER_URL"] == (
        f"postgresql://oms_owner:{secret['owner_password']}@127.0.0.1:{port['postgres']}/oms"
    )
    assert environment["REDIS_URL"] == f"redis://:{secret['valkey_password']}@127.0.0.1:{port['valkey']}/0"


def public_url_given(values, instance, monkeypatch):
    """What a process with these values in its environment comes to know."""
    monkeypatch.setattr(os, "environ", {"PATH": "", "HOME": "/", **values})
    environment.export(instance)
    return os.environ.get("PUBLIC_URL")


def test_links_of_commands_lead_to_where_it_was_served_last(instance, monkeypatch):
    assert public_url_given({}, instance, monkeypatch) is None
    instance.keep_address("http://127.0.0.1:8133")
    assert public_url_given({}, instance, monkeypatch) == "http://127.0.0.1:8133"


@pytest.mark.parametrize("name", ["PUBLIC_URL", "PORT"])
def test_an_address_that_is_given_counts(instance, monkeypatch, name):
    instance.keep_address("http://127.0.0.1:8133")
    expected = "given" if name == "PUBLIC_URL" else None
    assert public_url_given({name: "given"}, instance, monkeypatch) == expected


def test_moved_port_is_stored(instance):
    before = instance.ports()
    moved = instance.move_port("postgres")
    assert moved != before["postgres"]
    assert json.loads((instance.folder / "ports.json").read_text()) == {**before, "postgres": moved}


def test_taken_port_is_not_free():
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert not ports.is_free(server.getsockname()[1])


def test_tests_and_use_are_two_instances():
    assert instances.MAIN.folder != instances.TEST.folder
    assert instances.MAIN.durable
    assert not instances.TEST.durable
    assert isinstance(instances.TEST.home, Path)
    assert dataclasses.is_dataclass(instances.TEST)
