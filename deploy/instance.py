"""An instance is one set of embedded servers with its secrets and ports: yours, or the tests' own."""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from deploy import locks, ports
from deploy.paths import VAR, server_home

SECRETS = ("secret_key", "superuser_password", "owner_password", "app_password", "valkey_password")
SERVERS = ("postgres", "valkey")


@dataclass(frozen=True)
class Instance:
    name: str
    durable: bool = True
    """Survives a power cut. Tests do without and are faster."""

    @property
    def folder(self) -> Path:
        """Secrets, ports, locks, logs: readable by whoever runs the program, and by nobody else."""
        return VAR / self.name

    @cached_property
    def home(self) -> Path:
        """Data of the servers."""
        return server_home() / self.name

    @property
    def log_folder(self) -> Path:
        return self.folder / "log"

    def secrets(self) -> dict[str, str]:
        return self._once("secrets.json", lambda: {name: secrets.token_urlsafe(48) for name in SECRETS})

    def ports(self) -> dict[str, int]:
        return self._once("ports.json", lambda: {name: ports.pick() for name in SERVERS})

    def move_port(self, server: str) -> int:
        """Give a server another port, because a stranger has taken the stored one."""
        changed = {**self.ports(), server: ports.pick()}
        self._write(self.folder / "ports.json", changed)
        return changed[server]

    def keep_address(self, url: str) -> None:
        """Where `run` serves: links that a command prints lead there."""
        self._write(self.folder / "address.json", {"url": url})

    def address(self) -> str | None:
        path = self.folder / "address.json"
        return json.loads(path.read_text())["url"] if path.exists() else None

    def environment(self) -> dict[str, str]:
        """What the program reads to reach these servers."""
        secret, port = self.secrets(), self.ports()
        database = f"127.0.0.1:{port['postgres']}/oms"
        return {
            "SECRET_KEY": secret["secret_key"],
            "DATABASE_URL": f"postgresql://oms_app:{secret['app_password']}@{database}",
            "DATABASE_OWNER_URL": f"postgresql://oms_owner:{secret['owner_password']}@{database}",
            "REDIS_URL": f"redis://:{secret['valkey_password']}@127.0.0.1:{port['valkey']}/0",
        }

    def _once(self, filename: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        path = self.folder / filename
        if not path.exists():
            with locks.exclusive(self.folder / "setup.lock"):
                if not path.exists():
                    self._write(path, make())
        return json.loads(path.read_text())

    def _write(self, path: Path, content: dict[str, Any]) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(content, file, indent=1)
        draft.replace(path)


# Another name makes a second, separate system in the same checkout.
DEFAULT_NAME = "main"
MAIN = Instance(os.environ.get("OMS_INSTANCE", DEFAULT_NAME))
TEST = Instance("test", durable=False)
