"""How large a file may be. Checked before anything is parsed, so that no file can fill the memory."""

from dataclasses import dataclass

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """`unpacked` counts the bytes inside an XLSX; `cells` its rows times columns, empty ones included."""

    file_bytes: int = 64 * MEGABYTE
    rows: int = 500_000
    columns: int = 200
    cell_characters: int = 4_000
    cells: int = 10_000_000
    entries: int = 2_000
    unpacked: int = 400 * MEGABYTE
    # a sheet of equal rows packs about 1:60; bombs start above 1:500
    ratio: int = 200
    ratio_applies_above: int = 10 * MEGABYTE


LIMITS = Limits()
