"""The embedded Valkey of an instance: password, append-only file, nothing evicted."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from deploy import ports, process
from deploy.embedded import home
from deploy.embedded.postgres import ServerDidNotStartError
from deploy.instance import Instance

START_SECONDS = 60


def folder(instance: Instance) -> Path:
    return instance.home / "valkey"


def log_file(instance: Instance) -> Path:
    return instance.log_folder / "valkey.log"


def find(instance: Instance) -> process.Identity | None:
    """Our running server, if there is one: named by its pid file and started on our configuration."""
    try:
        pid = int((folder(instance) / "valkey.pid").read_text())
    except (OSError, ValueError):
        return None
    return process.identify(pid) if process.runs_with(pid, str(_configuration(instance))) else None


def prepare(instance: Instance) -> None:
    if find(instance):
        return
    if not ports.is_free(instance.ports()["valkey"]):
        instance.move_port("valkey")
    home.own_folder(instance.home)
    home.own_folder(folder(instance))
    path = _configuration(instance)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{name} {value}\n" for name, value in _settings(instance).items())
    home.give(path)


def launch(instance: Instance, preexec: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
    log = log_file(instance)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [home.valkey_binary(), _configuration(instance)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            preexec_fn=preexec,
            **home.as_service(),
        )


def is_ready(instance: Instance) -> bool:
    """Answers, and has finished loading its file."""
    command = f"AUTH {instance.secrets()['valkey_password']}\r\nPING\r\n".encode()
    try:
        with socket.create_connection(("127.0.0.1", instance.ports()["valkey"]), timeout=2) as connection:
            connection.sendall(command)
            answer = b""
            while answer.count(b"\r\n") < 2:
                received = connection.recv(256)
                if not received:
                    return False
                answer += received
    except OSError:
        return False
    return answer == b"+OK\r\n+PONG\r\n"


def wait_until_ready(instance: Instance, server: subprocess.Popen[bytes] | None = None) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(instance):
        if (server and server.poll() is not None) or time.monotonic() > deadline:
            raise ServerDidNotStartError("Valkey", log_file(instance))
        time.sleep(0.05)


def stop(identity: process.Identity) -> None:
    process.stop(identity, ((signal.SIGTERM, 20), (signal.SIGKILL, 5)))


def _configuration(instance: Instance) -> Path:
    return folder(instance) / "valkey.conf"


def _settings(instance: Instance) -> dict[str, str]:
    return {
        "bind": "127.0.0.1",
        "port": str(instance.ports()["valkey"]),
        "requirepass": instance.secrets()["valkey_password"],
        "dir": str(folder(instance)),
        "pidfile": str(folder(instance) / "valkey.pid"),
        "set-proc-title": "no",
        "appendonly": "yes" if instance.durable else "no",
        "save": '""',
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
