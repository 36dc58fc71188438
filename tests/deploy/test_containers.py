import re
import stat
import subprocess

import pytest
import yaml

from deploy import probe
from deploy.paths import ROOT


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
