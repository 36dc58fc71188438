"""Gives a process its servers: the ones named in its environment, or the checkout's own."""

import atexit
import os

from deploy.embedded import home
from deploy.embedded.servers import Servers
from deploy.instance import MAIN

GIVEN = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


class IncompleteEnvironmentError(RuntimeError):
    def __init__(self, missing: list[str]):
        super().__init__(f"Real servers need all of {', '.join(GIVEN)}; missing: {', '.join(missing)}")


def uses_given_servers() -> bool:
    """Either all addresses are given or none; a mixture would write to the wrong place."""
    missing = [name for name in GIVEN if not os.environ.get(name)]
    if missing and len(missing) < len(GIVEN):
        raise IncompleteEnvironmentError(missing)
    return not missing


def provide_servers() -> None:
    """Make sure that this process can reach its servers, starting the embedded ones until it ends."""
    if uses_given_servers():
        os.environ.setdefault("SECRET_KEY", MAIN.secrets()["secret_key"])
        return
    servers = Servers(MAIN).join()
    atexit.register(servers.leave)
    export_embedded()


def export_embedded() -> None:
    os.environ.update(MAIN.environment())
    os.environ["PATH"] = f"{home.postgres_binaries()}{os.pathsep}{os.environ.get('PATH', '')}"
