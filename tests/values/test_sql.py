import sys

import pytest

from values import sql


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A package of its own with one statement."""
    package = tmp_path / "sample_room"
    (package / "sql").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "sql" / "open_lines.sql").write_text("SELECT 1 -- é\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield package
    sys.modules.pop("sample_room", None)
    sql.load.cache_clear()


def test_a_statement_is_read_from_its_package(room):
    assert sql.load("sample_room", "open_lines") == "SELECT 1 -- é\n"


def test_a_statement_is_read_once(room):
    first = sql.load("sample_room", "open_lines")
    (room / "sql" / "open_lines.sql").write_text("SELECT 2", encoding="utf-8")
    assert sql.load("sample_room", "open_lines") is first


def test_a_missing_statement_names_package_and_file(room):
    with pytest.raises(sql.StatementNotFoundError, match=r"sample_room has no statement sql/closed_lines\.sql"):
        sql.load("sample_room", "closed_lines")


@pytest.mark.parametrize("name", ["../secret", "a/b", "", "Open", "open_lines.sql"])
def test_a_name_cannot_leave_the_folder(room, name):
    with pytest.raises(ValueError, match="Not a statement name"):
        sql.load("sample_room", name)
