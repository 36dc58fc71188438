"""What an XLSX unpacks to, counted before any library opens it.

The sizes in a ZIP directory are the sender's own claim, so every entry is inflated piece by piece and counted. A
sheet with one far-away cell would make a reader lay out every cell before it, so `sheet_extent` measures it first.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from exchange.errors import Unreadable
from exchange.limits import Limits
from exchange.reading.sheet_extent import SheetExtent

_PIECE = 256 * 1024
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_ENCRYPTED = 1
# OpenDocument, and the binary workbook of Excel
_OTHER_KINDS = {"mimetype", "content.xml", "xl/workbook.bin"}
DAMAGED = "The file is not a whole XLSX file: it is cut off or damaged."
BOMB = "The file unpacks to far more than a spreadsheet of its size: it was not opened."


def check_workbook(content: bytes, limits: Limits) -> None:
    """Raise Unreadable unless the archive is whole, small and honest about its size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error) as error:
        raise Unreadable("damaged_file", DAMAGED) from error
    refuse_other_kinds({entry.filename.casefold() for entry in entries})
    if len(entries) > limits.entries:
        raise Unreadable("zip_bomb", BOMB)
    total = 0
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise Unreadable("encrypted_file", "The file is protected by a password: save it without one.")
        total += entry.file_size
        refuse_bomb(total, len(content), limits)
    read = 0
    for entry in entries:
        read += count_entry(content, entry, limits, so_far=read)


def refuse_other_kinds(names: set[str]) -> None:
    """The reader would open these too, and what they unpack to is written in ways that nothing here can measure."""
    if names & _OTHER_KINDS:
        raise Unreadable("not_a_workbook", "This is a spreadsheet, but no XLSX file: save it as XLSX.")
    if "[content_types].xml" not in names:
        raise Unreadable("not_a_workbook", "This is a ZIP file, but no XLSX file.")


def refuse_bomb(unpacked: int, packed: int, limits: Limits) -> None:
    too_dense = unpacked > limits.ratio_applies_above and unpacked > packed * limits.ratio
    if unpacked > limits.unpacked or too_dense:
        raise Unreadable("zip_bomb", BOMB)


def count_entry(content: bytes, entry: zipfile.ZipInfo, limits: Limits, *, so_far: int) -> int:
    size, extent = 0, SheetExtent()
    for piece in inflate(content, entry):
        size += len(piece)
        if size > entry.file_size:
            raise Unreadable("zip_bomb", BOMB)
        refuse_bomb(so_far + size, len(content), limits)
        extent.add(piece)
        refuse_wide_sheet(extent.row, extent.column, limits)
    if size != entry.file_size:
        raise Unreadable("damaged_file", DAMAGED)
    return size


def inflate(content: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry's bytes in pieces of bounded size. Raises Unreadable."""
    packed = memoryview(content)[data_start(content, entry) :][: entry.compress_size]
    if len(packed) < entry.compress_size:
        raise Unreadable("damaged_file", DAMAGED)
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _PIECE]) for at in range(0, len(packed), _PIECE))
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise Unreadable("damaged_file", "The file is packed in a way that XLSX does not use.")
    engine, waiting = zlib.decompressobj(-zlib.MAX_WBITS), bytes(packed)
    try:
        while waiting and not engine.eof:
            piece = engine.decompress(waiting, _PIECE)
            waiting = engine.unconsumed_tail
            yield piece
            if not piece and not waiting:
                break
        yield engine.flush()
    except zlib.error as error:
        raise Unreadable("damaged_file", DAMAGED) from error
    if not engine.eof:
        raise Unreadable("damaged_file", DAMAGED)


def data_start(content: bytes, entry: zipfile.ZipInfo) -> int:
    end = entry.header_offset + _LOCAL_HEADER.size
    header = content[entry.header_offset : end]
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise Unreadable("damaged_file", DAMAGED)
    *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    return end + name_length + extra_length


def refuse_wide_sheet(row: int, column: int, limits: Limits) -> None:
    if row * column > limits.cells:
        message = f"A sheet reaches to row {row:,}, column {column:,}: delete what stands outside the table."
        raise Unreadable("too_many_cells", message)
