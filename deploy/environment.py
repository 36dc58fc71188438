"""Gives a process its servers: the ones named in its environment, or the checkout's own."""

import atexit
import os

from deploy.embedded import home
from deploy.embedded.servers import Servers
from deploy.instance import MAIN, Instance

GIVEN = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
# What serves need not know the owner's password.
SERVING = ("DATABASE_URL", "REDIS_URL")
# Tells the processes that a process with embedded servers starts that the addresses are not foreign.
EMBEDDED = "OMS_EMBEDDED_SERVERS"


class IncompleteEnvironmentError(RuntimeError):
    def __init__(self, needed: tuple[str, ...], missing: list[str]):
        super().__init__(f"Real servers need all of {', '.join(needed)}; missing: {', '.join(missing)}")


def uses_given_servers(needed: tuple[str, ...] = GIVEN) -> bool:
    """Either all addresses are given or none; a mixture would write to the wrong place."""
    given = [name for name in GIVEN if os.environ.get(name)]
    missing = [name for name in needed if name not in given]
    if given and missing:
        raise IncompleteEnvironmentError(needed, missing)
    return bool(given)


def uses_embedded_servers() -> bool:
    return os.environ.get(EMBEDDED) == "1"


def provide_servers(instance: Instance = MAIN) -> None:
    """Make sure that this process can reach its servers, starting the embedded ones until it ends."""
    if not uses_given_servers(SERVING):
        servers = Servers(instance).join()
        atexit.register(servers.leave)
    export(instance)


def export(instance: Instance = MAIN) -> None:
    """Write the addresses into this process's environment, for itself and its children."""
    if uses_given_servers(SERVING):
        if not os.environ.get("SECRET_KEY"):
            os.environ["SECRET_KEY"] = instance.secrets()["secret_key"]
        return
    os.environ.update(instance.environment(), **{EMBEDDED: "1"})
    if not {"PUBLIC_URL", "PORT"} & set(os.environ) and (url := instance.address()):
        os.environ["PUBLIC_URL"] = url
    os.environ["PATH"] = f"{home.postgres_binaries()}{os.pathsep}{os.environ.get('PATH', '')}"
