"""The embedded PostgreSQL cluster of an instance: loopback TCP and passwords only."""

import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from deploy import ports, process
from deploy.embedded import home
from deploy.instance import Instance
from deploy.paths import ROOT

INIT_SQL = ROOT / "deploy" / "postgres-init.sql"
START_SECONDS = 60
SUPERUSER = "postgres"


class ServerDidNotStartError(RuntimeError):
    def __init__(self, server: str, log: Path):
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else ""
        super().__init__(f"{server} did not start. The end of {log}:\n{tail}")


def data_folder(instance: Instance) -> Path:
    return instance.home / "postgres"


def log_file(instance: Instance) -> Path:
    return instance.log_folder / "postgres.log"


def find(instance: Instance) -> process.Identity | None:
    """Our running server, if there is one: named by its pid file and started on our data."""
    data = data_folder(instance)
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
    return process.identify(pid) if process.runs_with(pid, str(data)) else None


def prepare(instance: Instance) -> None:
    """Create the cluster with its roles and database when there is none; pick another port if taken."""
    forget_stale_pid_file(data_folder(instance))
    complete = data_folder(instance) / "channel-oms-complete"
    if find(instance) is None and not ports.is_free(instance.ports()["postgres"]):
        instance.move_port("postgres")
    if complete.exists():
        return
    running = find(instance)
    if running:
        stop(running)
    _create(instance)
    complete.touch()


def forget_stale_pid_file(data: Path) -> None:
    """Remove the server's pid file when the number in it now belongs to a stranger.

    PostgreSQL would take the stranger for itself and refuse to start. While any process still works in the
    folder, a backend that outlived its server for instance, the file stays: it guards the data.
    """
    path = data / "postmaster.pid"
    try:
        pid = int(path.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return
    if process.identify(pid) and not process.runs_with(pid, str(data)) and not process.works_in(data):
        path.unlink()


def launch(instance: Instance, preexec: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
    """Start the server in a session of its own, so that a terminal's Ctrl-C does not reach it."""
    log = log_file(instance)
    log.parent.mkdir(parents=True, exist_ok=True)
    options = [part for name, value in _options(instance).items() for part in ("-c", f"{name}={value}")]
    with log.open("ab") as output:
        return subprocess.Popen(
            [home.postgres_binaries() / "postgres", "-D", data_folder(instance), *options],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env=_environment(),
            start_new_session=True,
            preexec_fn=preexec,
            **home.as_service(),
        )


def is_ready(instance: Instance) -> bool:
    command = [str(home.postgres_binaries() / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", _port(instance)]
    return subprocess.run(command, check=False, cwd="/", env=_environment()).returncode == 0


def wait_until_ready(instance: Instance, server: subprocess.Popen[bytes] | None = None) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(instance):
        if (server and server.poll() is not None) or time.monotonic() > deadline:
            raise ServerDidNotStartError("PostgreSQL", log_file(instance))
        time.sleep(0.05)


def stop(identity: process.Identity) -> None:
    """Fast shutdown (clients are disconnected, data is written), then the immediate one."""
    process.stop(identity, ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)))


def _create(instance: Instance) -> None:
    data = data_folder(instance)
    shutil.rmtree(data, ignore_errors=True)
    home.own_folder(instance.home)
    home.own_folder(data)
    password = instance.home / f"password-{secrets.token_hex(4)}"
    descriptor = os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(instance.secrets()["superuser_password"] + "\n")
    home.give(password)
    try:
        _initdb(data, password)
    finally:
        password.unlink()
    server = launch(instance)
    wait_until_ready(instance, server)
    try:
        _run_init_sql(instance)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def _initdb(data: Path, password: Path) -> None:
    command = [
        str(home.postgres_binaries() / "initdb"),
        "-D",
        str(data),
        "-U",
        SUPERUSER,
        f"--pwfile={password}",
    ]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums"]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd="/", env=_environment(), **home.as_service()
    )
    if done.returncode != 0:
        raise RuntimeError(f"PostgreSQL's initdb failed:\n{done.stdout}{done.stderr}")


def _run_init_sql(instance: Instance) -> None:
    """The passwords travel in the environment: a command line is public on the machine."""
    secret = instance.secrets()
    done = subprocess.run(
        [home.postgres_binaries() / "psql", "-X", "-q", "-f", INIT_SQL],
        check=False,
        capture_output=True,
        text=True,
        env={
            **_environment(),
            "PGHOST": "127.0.0.1",
            "PGPORT": _port(instance),
            "PGUSER": SUPERUSER,
            "PGDATABASE": "postgres",
            "PGPASSWORD": secret["superuser_password"],
            "OMS_OWNER_PASSWORD": secret["owner_password"],
            "OMS_APP_PASSWORD": secret["app_password"],
        },
    )
    if done.returncode != 0:
        raise RuntimeError(f"{INIT_SQL.name} failed:\n{done.stderr}")


def _port(instance: Instance) -> str:
    return str(instance.ports()["postgres"])


def _environment() -> dict[str, str]:
    """A plain one: nobody's PGHOST, locale or password leaks in."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def _options(instance: Instance) -> dict[str, str]:
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    options = {
        "port": _port(instance),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "shared_preload_libraries": "pg_stat_statements",
        # as in postgres-init.sql, for clusters that were made before it said so
        "track_activities": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "max_connections": "100",
        "shared_buffers": f"{max(64, min(memory_mb // 8, 1024))}MB",
        "effective_cache_size": f"{max(256, memory_mb // 2)}MB",
        "work_mem": "32MB",
        "maintenance_work_mem": f"{max(64, min(memory_mb // 16, 512))}MB",
        "max_wal_size": "4GB",
        # what two sessions in bulk write between two rounds of the log writer: see second-worker-of-a-rebuild.md
        "wal_buffers": f"{max(4, min(memory_mb // 256, 64))}MB",
        "random_page_cost": "1.1",
        "jit": "off",
        "wal_compression": "on",
    }
    if not instance.durable:
        fast = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options |= {**fast, "shared_buffers": "128MB", "max_wal_size": "1GB", "autovacuum": "off"}
    return options
