"""The measurements run, each against its limit, in a database of their own."""

import json
from collections import namedtuple

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from oms.bench import database, disk
from oms.bench.result import Result, at_least, at_most
from oms.demo.scale import SCALES, Scale
from tenancy.models import Tenant

TINY = Scale("tiny", orders=600, products=24, sell_tos=8, end_buyers=20, agreement_lines=60, days=120)
NAMES = [
    "order_list",
    "order_list_page",
    "order_list_page_p95",
    "order_detail_page",
    "search",
    "price_one",
    "price_batch",
    "terms_batch",
    "rebuild",
    "rebuild_second_worker",
    "nightly_day",
    "delivery",
    "liability",
    "pdf",
    "pos_import",
    "pos_import_staged",
    "pos_import_taken",
    "pos_import_judged",
    "pos_import_written",
    "pos_import_stock",
    "pos_import_claims",
    "pos_import_kept",
    "certify",
    "certify_repeat",
    "redate",
    "layers",
    "enter_and_book",
    "enter_and_book_4",
]


@pytest.fixture
def tiny(monkeypatch, worker_id):
    """Each process of the tests has a database of its own."""
    scale = f"tiny_{worker_id}"
    monkeypatch.setitem(SCALES, scale, TINY)
    monkeypatch.setenv("OMS_BENCH", "1")
    yield scale
    database.drop(database.name_of(scale))


def copies_left(scale):
    with database.pointed_at(database.name_of(scale)), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'bench%'")
        return cursor.fetchall()


@pytest.mark.slow
@pytest.mark.processes
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_every_measure_is_taken_and_written_down(tiny, tmp_path, capsys):
    output = tmp_path / "bench.json"
    call_command("bench", scale=tiny, times=1, output=output)
    results = json.loads(output.read_text())["results"]
    assert [result["name"] for result in results] == NAMES
    for result in results:
        assert list(result) == ["name", "value", "unit", "limit", "ratio", "target", "ok"]
        assert result["value"] > 0
        assert result["limit"] > 0
        assert result["ratio"] == pytest.approx(result["value"] / result["limit"], rel=0.01)
        sense, number = result["target"].split()
        met = result["ratio"] <= float(number) if sense == "≤" else result["ratio"] >= float(number)
        assert result["ok"] is met
    shown = capsys.readouterr().out
    assert all(name in shown for name in NAMES)
    assert "with keys too" in shown
    assert copies_left(tiny) == []
    # the database that the program uses has not been touched, and the measured one waits for the next run
    assert not Tenant._base_manager.using("owner").exists()
    assert database.is_prepared(tiny)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_given_servers_are_measured_only_when_somebody_says_so(tiny, monkeypatch):
    monkeypatch.delenv("OMS_BENCH")
    with pytest.raises(CommandError, match="OMS_BENCH=1"):
        call_command("bench", scale=tiny)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [database.name_of(tiny)])
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_full_disk_is_said_before_anything_is_written(tiny, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setenv("OMS_EMBEDDED_SERVERS", "1")
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: usage(10**12, 10**12, 10**8))
    with pytest.raises(CommandError, match=r"needs about 0\.6 GB; .* has 0\.1 GB free"):
        call_command("bench", scale=tiny)


def test_room_for_half_a_million_orders_is_asked_for():
    assert disk.needed("large") > 10 * disk.needed("small") > 10**9


def test_a_time_may_not_be_too_long_and_a_rate_not_too_low():
    slow = Result("x", value=30.0, unit="ms", limit=10.0, target=at_most(2))
    assert slow.as_json() == {
        "name": "x", "value": 30.0, "unit": "ms", "limit": 10.0, "ratio": 3.0, "target": "≤ 2", "ok": False,
    }  # fmt: skip
    assert Result("x", value=20.0, unit="ms", limit=10.0, target=at_most(2)).is_met
    assert Result("y", value=5.0, unit="orders/s", limit=10.0, target=at_least(0.25)).is_met
    assert not Result("y", value=2.0, unit="orders/s", limit=10.0, target=at_least(0.25)).is_met
