"""A database for one test process, copied from a migrated template that is kept between runs.

The owner makes and migrates the template; the copies are used by the app role, so row-level security and
rights hold in every test. Copying takes a fraction of a second, migrating several.
"""

import hashlib
import os

import psycopg
from django.db import connections
from psycopg import sql

from deploy import locks, process
from deploy.instance import TEST
from deploy.paths import ROOT

TEMPLATE = "oms_template_"
COPY = "test_oms_"
# Whatever can change what a migration does.
SOURCES = ("*/migrations/*.py", "*/models/*.py", "*/models.py", "*/sql/**/*.sql", "tenancy/**/*.py", "*.lock")


def create() -> str:
    """Make this process's database and return its name."""
    name = f"{COPY}{os.environ.get('PYTEST_XDIST_WORKER', 'one')}_{os.getpid()}"
    with locks.exclusive(TEST.folder / "template.lock"), _owner() as owner:
        _drop(owner, [old for old in _names(owner, COPY) if not _is_in_use(old)])
        template = TEMPLATE + fingerprint()
        if template not in _names(owner, TEMPLATE):
            _drop(owner, _names(owner, TEMPLATE))
            _migrate_new(f"{template}_draft")
            _run(owner, "ALTER DATABASE {} RENAME TO {}", f"{template}_draft", template)
        _run(owner, "CREATE DATABASE {} TEMPLATE {}", name, template)
    return name


def drop(name: str) -> None:
    with _owner() as owner:
        _drop(owner, [name])


def fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def point_at(name: str) -> None:
    """Make both aliases, in all threads, use this database."""
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _migrate_new(name: str) -> None:
    app, owner = connections["default"], connections["owner"]
    plain = {key: app.settings_dict[key] for key in ("USER", "PASSWORD", "NAME")}
    app.settings_dict.update({key: owner.settings_dict[key] for key in ("USER", "PASSWORD")})
    app.settings_dict["TEST"]["NAME"] = name
    try:
        app.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        with app.cursor() as cursor:
            # Between transactional tests Django empties the tables, which the app role may not do elsewhere.
            cursor.execute("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO oms_app")
    finally:
        app.close()
        app.settings_dict.update(plain)


def _owner() -> psycopg.Connection:
    return psycopg.connect(TEST.environment()["DATABASE_OWNER_URL"], autocommit=True)


def _names(owner: psycopg.Connection, prefix: str) -> list[str]:
    rows = owner.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
    return [name for (name,) in rows.fetchall()]


def _is_in_use(name: str) -> bool:
    return process.identify(int(name.rpartition("_")[2])) is not None


def _drop(owner: psycopg.Connection, names: list[str]) -> None:
    for name in names:
        _run(owner, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _run(owner: psycopg.Connection, statement: str, *names: str) -> None:
    owner.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
