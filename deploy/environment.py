"""Gives a process its servers: the ones named in its environment, or the checkout's own."""

import atexit
import os

from deploy.embedded import home
from deploy.embedded.servers import Servers
from deploy.instance import MAIN, Instance

GIVEN = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
# Tells the processes that a process with embedded servers starts that the addresses are not foreign.
EMBEDDED = "OMS_EMBEDDED_SERVERS"


class IncompleteEnvironmentError(RuntimeError):
    def __init__(self, missing: list[str]):
        super().__init__(f"Real servers need all of {', '.join(GIVEN)}; missing: {', '.join(missing)}")


def uses_given_servers() -> bool:
    """Either all addresses are given or none; a mixture would write to the wrong place."""
    missing = [name for name in GIVEN if not os.environ.get(name)]
    if missing and len(missing) < len(GIVEN):
        raise IncompleteEnvironmentError(missing)
    return not missing


def uses_embedded_servers() -> bool:
    return os.environ.get(EMBEDDED) == "1"


def provide_servers(instance: Instance = MAIN) -> None:
    """Make sure that this process can reach its servers, starting the embedded ones until it ends."""
    if not uses_given_servers():
        servers = Servers(instance).join()
        atexit.register(servers.leave)
    export(instance)


def export(instance: Instance = MAIN) -> None:
    """Write the addresses into this process's environment, for itself and its children."""
    if uses_given_servers():
        os.environ.setdefault("SECRET_KEY", instance.secrets()["secret_key"])
        return
    os.environ.update(instance.environment(), **{EMBEDDED: "1"})
    os.environ["PATH"] = f"{home.postgres_binaries()}{os.pathsep}{os.environ.get('PATH', '')}"
