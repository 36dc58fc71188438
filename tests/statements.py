"""Watches which statements of the `sql/` folders the tests really send to the database.

A run of the whole suite fails when one of them was never executed. Part of a suite says nothing about that.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from deploy.paths import ROOT
from tenancy.prepared import numbered

EXECUTED = pytest.StashKey[set[str]]()
OUTPUT = "executed_statements"


def statement_files(root: Path = ROOT) -> dict[str, str]:
    """Every statement by its file's name relative to the checkout."""
    return {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in sorted(root.glob("*/sql/*.sql"))}


def never_executed(files: dict[str, str], executed: Iterable[str]) -> list[str]:
    done = set(executed)
    return [name for name in files if name not in done]


class Watch:
    """Stands in the driver, so that it also sees what does not go through Django's cursors."""

    def __init__(self, files: dict[str, str], executed: set[str]):
        # a prepared statement is sent with numbered places, as bytes
        self.by_text: dict[str | bytes, str] = {text: name for name, text in files.items()}
        self.by_text |= {numbered(text)[0]: name for name, text in files.items()}
        self.executed = executed

    def install(self) -> None:
        for name in ("execute", "executemany", "stream"):
            setattr(psycopg.Cursor, name, self._watched(getattr(psycopg.Cursor, name)))
        # one that stays on the server has a way of its own
        setattr(psycopg.ServerCursor, "execute", self._watched(psycopg.ServerCursor.execute))  # noqa: B010  its types forbid

    def _watched(self, plain: Any) -> Any:
        def run(cursor: psycopg.Cursor[Any], query: Any, *args: Any, **kwargs: Any) -> Any:
            if name := self.by_text.get(query if isinstance(query, str | bytes) else ""):
                self.executed.add(name)
            return plain(cursor, query, *args, **kwargs)

        return run


def is_whole_suite(config: pytest.Config) -> bool:
    chosen = ("keyword", "markexpr", "collectonly", "lf", "last_failed", "deselect", "ignore", "ignore_glob", "maxfail")
    return config.args_source == config.ArgsSource.TESTPATHS and not any(
        config.getoption(name, default=None) for name in chosen
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[EXECUTED] = set()
    Watch(statement_files(), config.stash[EXECUTED]).install()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Bring what a process of pytest-xdist has seen to the one that judges."""
    node.config.stash[EXECUTED].update(getattr(node, "workeroutput", {}).get(OUTPUT, ()))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput[OUTPUT] = sorted(config.stash[EXECUTED])
    elif exitstatus == 0 and missing(config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for name in missing(config):
        terminalreporter.write_line(f"never executed by a test: {name}", red=True)


def missing(config: pytest.Config) -> list[str]:
    return never_executed(statement_files(), config.stash[EXECUTED]) if is_whole_suite(config) else []
