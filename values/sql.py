"""Statements that live in `.sql` files beside the app they belong to."""

import re
from functools import cache
from importlib import resources

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class StatementNotFoundError(LookupError):
    """No `sql/<name>.sql` in the package that was asked for one."""


@cache
def load(package: str, name: str) -> str:
    """Return the text of `<package>/sql/<name>.sql`, read once per process.

    `package` is a dotted import name (`orders`, `orders.reports`); `name` is the file's, without its ending.
    Raises ValueError for a name that could leave the folder, StatementNotFoundError for a missing file.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"Not a statement name: {name!r}")
    file = resources.files(package) / "sql" / f"{name}.sql"
    if not file.is_file():
        raise StatementNotFoundError(f"{package} has no statement sql/{name}.sql")
    return file.read_text(encoding="utf-8")
