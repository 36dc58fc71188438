import os
import stat
from pathlib import Path

import psycopg
import pytest
import redis

from deploy import locks
from deploy.embedded import home, postgres, valkey
from deploy.embedded.servers import Servers
from deploy.instance import TEST


@pytest.fixture
def superuser(postgres_server):
    connection = psycopg.connect(
        host="127.0.0.1",
        port=TEST.ports()["postgres"],
        user="postgres",
        password=TEST.secrets()["superuser_password"],
        dbname="oms",
    )
    with connection:
        yield connection


def test_roles_are_plain(superuser):
    rows = superuser.execute(
        "SELECT rolname, rolcanlogin, rolcreatedb, rolsuper, rolbypassrls, rolcreaterole"
        " FROM pg_roles WHERE rolname LIKE 'oms%' ORDER BY 1"
    ).fetchall()
    assert rows == [
        ("oms_app", True, False, False, False, False),
        ("oms_owner", True, True, False, False, False),
    ]


def test_cluster_is_postgresql_18_with_builtin_locale_and_checksums(superuser):
    row = superuser.execute(
        "SELECT current_setting('server_version_num')::int / 10000, datlocprovider, datlocale,"
        " current_setting('data_checksums'), pg_encoding_to_char(encoding)"
        " FROM pg_database WHERE datname = 'oms'"
    ).fetchone()
    assert row == (18, "b", "C.UTF-8", "on", "UTF8")


def test_extensions_are_in_the_database_and_in_the_template_of_new_ones(superuser):
    wanted = {"pg_trgm", "btree_gist", "pg_stat_statements"}
    found = {name for (name,) in superuser.execute("SELECT extname FROM pg_extension").fetchall()}
    assert wanted <= found
    templates = superuser.execute("SELECT datname FROM pg_database WHERE datistemplate").fetchall()
    assert ("template1",) in templates


def test_new_tables_of_the_owner_are_open_to_the_app_but_not_for_truncate(postgres_server):
    owner = TEST.environment()["DATABASE_OWNER_URL"]
    with psycopg.connect(owner) as connection:
        connection.execute("CREATE TABLE trial (id bigint GENERATED ALWAYS AS IDENTITY)")
        rights = connection.execute(
            "SELECT string_agg(privilege_type, ',' ORDER BY privilege_type)"
            " FROM information_schema.role_table_grants"
            " WHERE grantee = 'oms_app' AND table_name = 'trial'"
        ).fetchone()
        assert rights == ("DELETE,INSERT,SELECT,UPDATE",)
        connection.rollback()


def test_no_password_no_entry(postgres_server):
    address = f"host=127.0.0.1 port={TEST.ports()['postgres']} user=oms_app dbname=oms"
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(address)


def test_valkey_wants_its_password_and_evicts_nothing(valkey_server):
    with redis.Redis.from_url(valkey_server) as client:
        assert client.ping()
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    with redis.Redis(port=TEST.ports()["valkey"], retry=None) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_data_and_configuration_are_private(postgres_server, valkey_server):
    assert stat.S_IMODE(postgres.data_folder(TEST).stat().st_mode) == 0o700
    assert stat.S_IMODE((valkey.folder(TEST) / "valkey.conf").stat().st_mode) == 0o600


def test_servers_never_run_as_root(postgres_server, valkey_server):
    for module in (postgres, valkey):
        identity = module.find(TEST)
        assert os.stat(f"/proc/{identity.pid}").st_uid != 0


def listening_addresses(port):
    """The local addresses, in the kernel's hexadecimal notation, on which the port is served."""
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    return {row[1].split(":")[0] for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == port}


def test_servers_listen_on_loopback_only(postgres_server, valkey_server):
    for port in TEST.ports().values():
        assert listening_addresses(port) == {"0100007F"}


def test_seat_is_kept_while_somebody_sits(postgres_server):
    other = Servers(TEST, ("postgres",)).join()
    running = postgres.find(TEST)
    other.leave()
    assert postgres.find(TEST) == running
    assert not locks.is_free(postgres_server.seats)


@pytest.mark.parametrize(("machine", "folder"), [("x86_64", "linux-x86_64"), ("aarch64", "linux-aarch64")])
def test_valkey_is_found_by_platform(monkeypatch, machine, folder):
    monkeypatch.setattr(home.platform, "machine", lambda: machine)
    assert home.valkey_binary().parent.name == folder
