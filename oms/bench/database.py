"""A database of its own for the measurements, in the cluster that the program uses: never the demo's.

It is kept for the next run, and made anew when the migrations or the demo's plan have changed since.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.management import call_command
from django.db import OperationalError, connections
from psycopg import sql

from deploy.paths import ROOT
from oms.demo.scale import SCALES
from oms.demo.seed import seed

ALIASES = ("default", "owner")
# whatever decides what stands in the database
SOURCES = ("*/migrations/*.py", "oms/demo/*.py", "oms/demo/sql/*.sql")
SEED = 1

Say = Callable[[str], None]


class InUse(RuntimeError):
    """A database that has to be made anew has visitors."""


@dataclass(frozen=True)
class World:
    """A measured database: `today` is the last day of its story."""

    name: str
    today: dt.date


def name_of(scale: str) -> str:
    return f"oms_bench_{scale}"


def prepared(scale: str, today: dt.date, *, fresh: bool, say: Say) -> World:
    """The database of this scale: the one kept from an earlier run, or a new one with the story up to `today`."""
    name = name_of(scale)
    note = read_note(name)
    if note.get("fingerprint") == fingerprint(scale) and not fresh:
        return World(name, dt.date.fromisoformat(note["today"]))
    drop(name)
    make(name, scale, today, say)
    return World(name, last_day(today))


def last_day(today: dt.date) -> dt.date:
    """The demo's story ends on the evening before it is told."""
    return today - dt.timedelta(days=1)


def is_prepared(scale: str) -> bool:
    return read_note(name_of(scale)).get("fingerprint") == fingerprint(scale)


def make(name: str, scale: str, today: dt.date, say: Say) -> None:
    note = json.dumps({"fingerprint": fingerprint(scale), "today": last_day(today).isoformat()})
    owner("CREATE DATABASE {} TEMPLATE template1", name)
    with pointed_at(name):
        say("Migrating …")
        call_command("migrate", verbosity=0, interactive=False)
        seed(scale, SEED, today, say)
        say("Vacuuming …")
        with connections["owner"].cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    # the note comes last: a database without one was never finished
    with connections["owner"].cursor() as cursor:
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(note))
        cursor.execute(comment)


def drop(name: str) -> None:
    """Raises InUse when somebody works in it."""
    try:
        owner("DROP DATABASE IF EXISTS {}", name)
    except OperationalError as error:
        raise InUse(f"The database {name} is out of date, but another program is connected to it.") from error


def fingerprint(scale: str) -> str:
    digest = hashlib.sha256(repr((SEED, SCALES[scale])).encode())
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def read_note(name: str) -> dict[str, str]:
    """What `make` left on the database; nothing for one that is not there or not finished."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        found = cursor.fetchone()
    return json.loads(found[0]) if found and found[0] else {}


def owner(statement: str, name: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Both database aliases, in all threads, reach this database; afterwards the one they reached before."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in ALIASES}
    point(dict.fromkeys(ALIASES, name))
    try:
        yield
    finally:
        point(before)


def point(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
