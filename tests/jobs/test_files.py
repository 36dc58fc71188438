import datetime as dt
import hashlib
import io
import os
import stat
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from jobs import files
from jobs.actions.sweep_files import sweep_files
from jobs.files import FileMissing, FileTooLarge, open_file, path_of, store_file
from jobs.tidying import tidy
from tenancy.models import Click
from tests.fixtures import NOW


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def keep(content=b"hello", **values):
    values = {"kind": "test", "name": "a.txt", "content_type": "text/plain", "right": "orders.view", **values}
    return store_file(content, **values)


def on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_paths_and_open_files_are_kept_alike(inside, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"hello")
    kept = [keep(b"hello"), keep(source), keep(io.BytesIO(b"hello"))]
    for file in kept:
        with open_file(file) as content:
            assert content.read() == b"hello"
        assert (file.size, file.sha256) == (5, hashlib.sha256(b"hello").hexdigest())


def test_the_name_on_disk_is_random_and_in_the_tenants_folder(inside, folder):
    first, second = keep(name="secret plan.pdf"), keep(name="secret plan.pdf")
    assert first.storage_name != second.storage_name
    assert path_of(first).parent == folder / str(inside.pk)
    assert "plan" not in first.storage_name
    assert len(path_of(first).name) == 32
    assert stat.S_IMODE(path_of(first).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("...", "file"),
        ("Größe 5 mm.pdf", "Größe 5 mm.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("y" * 300, "y" * 200),
    ],
)
def test_the_name_shown_cannot_leave_a_folder_or_a_header(inside, given, kept):
    assert keep(name=given).name == kept


def test_too_large_is_refused_and_leaves_nothing(inside, folder, settings):
    settings.GENERATED_FILE_MAX_BYTES = 10
    with pytest.raises(FileTooLarge):
        keep(b"x" * 11)
    assert on_disk(folder) == []


def test_a_copy_that_breaks_off_leaves_nothing(inside, folder):
    class Torn(io.BytesIO):
        def read(self, size=-1):
            raise OSError("torn")

    with pytest.raises(OSError, match="torn"):
        keep(Torn())
    assert on_disk(folder) == []


def test_a_name_appears_only_when_the_content_is_whole(inside, folder, monkeypatch):
    seen = []
    monkeypatch.setattr(files.os, "fsync", lambda descriptor: seen.append([p.suffix for p in on_disk(folder)]))
    keep()
    assert seen == [[".part"], [""]]


def test_a_file_gone_from_disk_is_named(inside):
    file = keep(name="gone.pdf")
    path_of(file).unlink()
    with pytest.raises(FileMissing, match=r"gone\.pdf"):
        open_file(file)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "{other}/" + "a" * 32, "{own}/../{other}/" + "a" * 32, "/etc/passwd"]
)
def test_a_row_that_was_tampered_with_reads_no_other_file(inside, name):
    file = keep()
    file.storage_name = name.format(own=inside.pk, other=inside.pk + 1)
    with pytest.raises(FileMissing):
        open_file(file)


def test_once_a_day_files_clicks_and_ended_sessions_are_tidied_away(inside, aurora):
    now = timezone.now()
    path_of(keep()).with_name("stray").touch()
    Click.objects.create(key=uuid4(), member_id=1, path="/")
    for name, days in (("ended", -1), ("ends", 1), ("lasts", 14)):
        Session.objects.create(session_key=name, session_data="", expire_date=now + dt.timedelta(days=days))
    assert tidy(now) == (0, 0, 1)
    assert set(Session.objects.values_list("session_key", flat=True)) == {"ends", "lasts"}
    assert tidy(now + dt.timedelta(days=8)) == (1, 1, 1)


def test_sweeping_takes_old_files_without_a_row(inside, folder):
    kept = path_of(keep())
    stray, young = kept.with_name("stray"), kept.with_name("young")
    for path, hours in ((stray, 25), (young, 1), (kept, 25)):
        path.touch()
        then = (NOW - dt.timedelta(hours=hours)).timestamp()
        os.utime(path, (then, then))
    assert sweep_files(before=NOW - dt.timedelta(hours=24)) == 1
    assert set(on_disk(folder)) == {kept, young}
