"""Where a checkout keeps what it generates."""

import hashlib
import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
SYSTEM_HOME = Path("/var/lib/channel-oms")


def checkout_token() -> str:
    """Random name of this checkout's `var`, made once.

    A fresh clone at an old path gets a new one, so it never meets the old clone's databases.
    """
    path = VAR / "checkout-token"
    VAR.mkdir(exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(8) + "\n")
    return path.read_text().strip()


def server_home() -> Path:
    """Folder of the servers' data.

    Under root the servers run as a user of their own, who may not be able to enter the checkout
    (a 0700 home of root), so their files live outside of it.
    """
    if os.geteuid() != 0:
        return VAR
    digest = hashlib.sha256(f"{ROOT}\n{checkout_token()}".encode()).hexdigest()[:16]
    return SYSTEM_HOME / digest
