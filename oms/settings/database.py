"""Database addresses in libpq's own words."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def database(url: str, *, pool: int = 0) -> dict[str, Any]:
    """A Django database from an address; libpq's other parameters (sslmode, …) become options.

    With `pool` > 0 the process keeps up to so many connections. Raises ImproperlyConfigured.
    """
    given = parts_of(url)
    options: dict[str, Any] = {name: value for name, value in given.items() if name not in NAMES}
    # How often a server-bound statement runs before it is prepared; Django's own cursors bind in the client. Only text
    # settings come in an address, so behind a pooler that cannot prepare it is switched off here.
    options["prepare_threshold"] = 5
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        # A pooled connection may have outlived a restart of the server.
        "CONN_HEALTH_CHECKS": bool(pool),
        "OPTIONS": options,
        **{NAMES[name]: str(value) for name, value in given.items() if name in NAMES},
    }


def parts_of(url: str) -> dict[str, Any]:
    try:
        return conninfo_to_dict(url)
    except ProgrammingError:
        # the library repeats what it cannot read, and that may be the password
        problem = "The address of a database is not one: it has the form postgresql://role:password@host:5432/name."
        raise ImproperlyConfigured(problem) from None
