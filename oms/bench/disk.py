"""Is there room? Asked before gigabytes are written."""

import shutil

from deploy.embedded import postgres
from deploy.environment import uses_embedded_servers
from deploy.instance import MAIN
from oms.demo.scale import SCALES

# measured: 40 kB of tables, indexes and snapshots an order, and half as much again while it is filled (sorts, the log)
BYTES_PER_ORDER = 60_000
AT_LEAST = 500 * 2**20
GB = 10**9


class DiskTooSmall(RuntimeError):
    def __init__(self, needed: int, free: int, folder: str):
        super().__init__(
            f"The database to measure on needs about {needed / GB:.1f} GB; {folder} has {free / GB:.1f} GB free. "
            "BENCH_SCALE=medium needs a tenth of large."
        )


def needed(scale: str) -> int:
    """Bytes."""
    return AT_LEAST + SCALES[scale].orders * BYTES_PER_ORDER


def ask_for_room(scale: str) -> str:
    """What there is, in words. Raises DiskTooSmall. The disk of a given server cannot be seen from here."""
    if not uses_embedded_servers():
        return f"It needs about {needed(scale) / GB:.1f} GB on the database's server."
    folder = postgres.data_folder(MAIN)
    free = shutil.disk_usage(folder).free
    if free < needed(scale):
        raise DiskTooSmall(needed(scale), free, str(folder.parent))
    return f"It needs about {needed(scale) / GB:.1f} GB; {free / GB:.1f} GB are free."
