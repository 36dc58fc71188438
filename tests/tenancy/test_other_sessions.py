"""All sessions share one role; what one of them runs is not told to the others."""

import psycopg
import pytest
from django.db import connection

from deploy.instance import TEST

WATCH = "SELECT query, state FROM pg_stat_activity WHERE usename = 'oms_app' AND pid <> pg_backend_pid()"


def test_a_session_does_not_read_what_another_runs(inside):
    with connection.cursor() as mine:
        mine.execute("SELECT 'a price of another tenant'")
    with psycopg.connect(TEST.environment()["DATABASE_URL"], autocommit=True) as other:
        seen = other.execute(WATCH).fetchall()
        assert seen
        assert {(query or "", state) for query, state in seen} <= {("", "disabled")}


def test_the_application_cannot_switch_it_on(inside):
    with (
        psycopg.connect(TEST.environment()["DATABASE_URL"], autocommit=True) as session,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        session.execute("SET track_activities = on")
