"""The database of the tests: made and migrated by the owner, used by the app role."""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from deploy.embedded.servers import Servers
from deploy.instance import TEST

pytest_plugins = ["tests.fixtures"]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Servers]:
    with Servers(TEST, ("postgres",)) as servers:
        for alias in ("default", "owner"):
            connections[alias].settings_dict["PORT"] = TEST.ports()["postgres"]
        yield servers


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[str]:
    """URL of a Valkey that belongs to the tests."""
    with Servers(TEST, ("valkey",)):
        yield TEST.environment()["REDIS_URL"]


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    postgres_server: Servers,
    django_test_environment: None,
    django_db_blocker: pytest.FixtureRequest,
    django_db_keepdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    app, owner = connections["default"], connections["owner"]
    plain = {name: app.settings_dict[name] for name in ("USER", "PASSWORD")}
    owning = {name: owner.settings_dict[name] for name in ("USER", "PASSWORD")}
    with django_db_blocker.unblock():
        app.settings_dict.update(owning)
        created = setup_databases(verbosity=0, interactive=False, keepdb=django_db_keepdb)
        with app.cursor() as cursor:
            cursor.execute("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO oms_app")
        app.close()
        app.settings_dict.update(plain)
    yield
    with django_db_blocker.unblock():
        app.close()
        owner.close()
        app.settings_dict.update(owning)
        if not django_db_keepdb:
            teardown_databases(created, verbosity=0)
