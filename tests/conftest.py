"""Servers, database and browser for the tests, each started only when a test asks for it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from deploy.embedded.servers import Servers
from deploy.instance import TEST
from jobs import keeper
from tests import chromium, database

pytest_plugins = [
    "tests.x12_samples",
    "tests.fixtures",
    "tests.jobs.process_fixtures",
    "tests.statements",
    "tests.world",
]

# a busy machine is no fault of the code: how long an example takes is measured by `make bench`
hypothesis_settings.register_profile("oms", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("oms")

NOT_RUN = pytest.StashKey[int]()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Servers]:
    with Servers(TEST, ("postgres",)) as servers:
        for alias in ("default", "owner"):
            connections[alias].settings_dict["PORT"] = str(TEST.ports()["postgres"])
        yield servers


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[str]:
    """URL of a Valkey that belongs to the tests."""
    with Servers(TEST, ("valkey",)):
        yield TEST.environment()["REDIS_URL"]


@pytest.fixture(scope="session")
def django_db_setup(
    postgres_server: Servers, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with django_db_blocker.unblock():
        name = database.create()
        database.point_at(name)
    yield
    with django_db_blocker.unblock():
        for connection in connections.all(initialized_only=True):
            connection.close()
        database.drop(name)


@pytest.fixture
def process_environment(django_db_setup: None, valkey_server: str) -> dict[str, str]:
    """For real processes that work on the database of this test run: mark them `processes`."""
    addresses = TEST.environment()
    name = connections["default"].settings_dict["NAME"]
    for key in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        addresses[key] = addresses[key].rpartition("/")[0] + f"/{name}"
    return {**os.environ, **addresses, "DJANGO_SETTINGS_MODULE": "oms.settings.local"}


@pytest.fixture(autouse=True)
def leases_of_jobs_unseen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that is rolled back hides its jobs from the lease keeper's own connection, which would take them for lost.

    On a busy machine a job may well run for longer than the keeper waits before it first looks.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not commits and not (marker and marker.kwargs.get("transaction")):
        monkeypatch.setattr(keeper, "PROGRESS_SECONDS", 600)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[NOT_RUN] = 0
    if chromium.is_required() and chromium.find() is None:
        raise pytest.UsageError(f"OMS_REQUIRE_BROWSER=1, but there is no Chromium: {chromium.APT_LINE}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent / "browser" in item.path.parents:
            item.add_marker("browser")
    if chromium.find():
        return
    without = [item for item in items if not item.get_closest_marker("browser")]
    config.stash[NOT_RUN] = len(items) - len(without)
    config.hook.pytest_deselected(items=[item for item in items if item not in without])
    items[:] = without


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    """Bring the count from a process of pytest-xdist to the one that writes the summary."""
    count = getattr(node, "workeroutput", {}).get("browser_not_run", 0)
    node.config.stash[NOT_RUN] = max(node.config.stash[NOT_RUN], count)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["browser_not_run"] = session.config.stash[NOT_RUN]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.stash[NOT_RUN]:
        terminalreporter.write_line(
            f"browser: not run ({config.stash[NOT_RUN]}). To run them: {chromium.APT_LINE}", yellow=True
        )
