"""Backup and restore as `docs/operations.md` says, with the very commands that stand there."""

import os
import re
import subprocess

import psycopg
import pytest

from deploy.embedded import home
from deploy.paths import ROOT
from tests.factories.tenancy import make_tenant

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]

RESTORED = f"oms_restored_{os.getpid()}"
PROMISES = """
SELECT relname::text, relacl::text, relrowsecurity, relforcerowsecurity FROM pg_class
WHERE relnamespace IN ('public'::regnamespace, 'oms_numbers'::regnamespace)
UNION ALL SELECT proname, proacl::text, prosecdef, NULL FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT polname, pg_get_expr(polqual, polrelid), polpermissive, NULL FROM pg_policy
UNION ALL SELECT tgname, tgrelid::regclass::text, NULL, NULL FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT defaclobjtype::text, defaclacl::text, NULL, NULL FROM pg_default_acl
ORDER BY 1, 2
"""


def documented_commands():
    section = (ROOT / "docs" / "operations.md").read_text().partition("## Backup and restore")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```sh\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    return [block.replace("oms_restored", RESTORED) for block in blocks]


@pytest.fixture
def shell(process_environment, tmp_path):
    owner = process_environment["DATABASE_OWNER_URL"]
    restored = owner.rpartition("/")[0] + f"/{RESTORED}"
    path = f"{home.postgres_binaries()}{os.pathsep}{os.environ['PATH']}"
    environment = {**process_environment, "RESTORED_URL": restored, "PATH": path}

    def run(commands):
        done = subprocess.run(
            ["sh", "-eu", "-c", commands], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    yield run, owner, restored
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {RESTORED}")


def rows(address, sql):
    with psycopg.connect(address) as connection:
        return connection.execute(sql).fetchall()


def test_a_backup_restores_rows_policies_and_rights(shell):
    run, owner, restored = shell
    tenant = make_tenant("saved")
    backup, restore = documented_commands()
    run(backup)
    run(restore)
    assert rows(restored, "SELECT id, slug FROM tenancy_tenant") == [(tenant.pk, "saved")]
    assert rows(restored, PROMISES) == rows(owner, PROMISES)


def test_a_dump_without_row_security_refuses_rather_than_saving_nothing(shell):
    run, _, _ = shell
    with pytest.raises(AssertionError, match="row-level security"):
        run(documented_commands()[0].replace("--enable-row-security", ""))
