"""What may be attached to an order: how much of it, and of which kinds. The content decides, not the name."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from jobs.files import plain_name

MAX_BYTES = 10 * 2**20
MAX_FILES = 40
OOXML = "application/vnd.openxmlformats-officedocument"


class NotAttachable(Exception):
    """Why a file is not taken, in one sentence."""

    field = "file"


@dataclass(frozen=True)
class FileKind:
    label: str
    content_type: str
    endings: frozenset[str]
    matches: Callable[[bytes], bool]


def begins(*heads: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(heads)


def holds(entry: str) -> Callable[[bytes], bool]:
    """A zip whose directory, which is all that is read, names this entry."""

    def matches(content: bytes) -> bool:
        if not content.startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return entry in archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError):
            return False

    return matches


def is_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    for encoding in ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(letter.isprintable() or letter in "\t\r\n\f\ufeff" for letter in text)
    return False


def endings(text: str) -> frozenset[str]:
    return frozenset(text.split())


KINDS = (
    FileKind("a PDF", "application/pdf", endings("pdf"), begins(b"%PDF-")),
    FileKind("a PNG picture", "image/png", endings("png"), begins(b"\x89PNG\r\n\x1a\n")),
    FileKind("a JPEG picture", "image/jpeg", endings("jpg jpeg"), begins(b"\xff\xd8\xff")),
    FileKind("an XLSX workbook", f"{OOXML}.spreadsheetml.sheet", endings("xlsx"), holds("xl/workbook.xml")),
    FileKind("a DOCX document", f"{OOXML}.wordprocessingml.document", endings("docx"), holds("word/document.xml")),
    FileKind("plain text", "text/plain; charset=utf-8", endings("txt csv tsv edi x12 json xml eml"), is_text),
)
TAKEN = "PDF, PNG, JPEG, XLSX, DOCX or plain text"


def kind_of(content: bytes, name: str) -> FileKind:
    """Raises NotAttachable for what is empty, too large, of no known kind, or not what its name says."""
    if not content:
        raise NotAttachable("The file is empty.")
    if len(content) > MAX_BYTES:
        raise NotAttachable(f"The file is larger than {MAX_BYTES // 2**20} MB.")
    found = next((kind for kind in KINDS if kind.matches(content)), None)
    if found is None:
        raise NotAttachable(f"What is in this file is none of {TAKEN}.")
    ending = PurePath(plain_name(name)).suffix.removeprefix(".").lower()
    if ending not in found.endings:
        said = f"ends in .{ending}" if ending else "has no ending"
        raise NotAttachable(f"The content is {found.label}, but the name {said}.")
    return found
