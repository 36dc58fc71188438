"""Files we make or receive: random names on disk, written whole or not at all, checked at every download."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from jobs.models import GeneratedFile
from tenancy.scope import current_tenant_id

CHUNK_BYTES = 2**20
MAX_NAME = 200
RANDOM_NAME = re.compile(r"[0-9a-f]{32}")

Content = bytes | Path | BinaryIO


class FileTooLarge(ValueError):
    """More bytes than `settings.GENERATED_FILE_MAX_BYTES`."""


class FileMissing(LookupError):
    """The row is there, the file on disk is not."""


def store_file(
    content: Content,
    *,
    kind: str,
    name: str,
    content_type: str,
    right: str,
    party_id: int | None = None,
    job_id: int | None = None,
) -> GeneratedFile:
    """Keep a file of the tenant in scope. `content` is bytes, a path to copy from, or an open binary file.

    `right` is what a member needs to download it; an outsider of `party_id` may have it too. Raises FileTooLarge,
    and then leaves nothing behind. A rolled back transaction leaves a nameless file, which `tidy` removes.
    """
    storage_name = f"{current_tenant_id()}/{secrets.token_hex(16)}"
    size, digest = _write(folder_of_all() / storage_name, content)
    return GeneratedFile.objects.create(
        kind=kind,
        name=plain_name(name),
        storage_name=storage_name,
        content_type=content_type,
        size=size,
        sha256=digest,
        right=right,
        party_id=party_id,
        job_id=job_id,
    )


def open_file(file: GeneratedFile) -> BinaryIO:
    """The stored bytes, for reading. Raises FileMissing."""
    try:
        return path_of(file).open("rb")
    except FileNotFoundError as error:
        raise FileMissing(f"{file.name} is no longer on disk") from error


def path_of(file: GeneratedFile) -> Path:
    """Raises FileMissing for a row whose storage name is not one that we gave: it could point anywhere."""
    folder, _, name = file.storage_name.partition("/")
    if folder != str(file.tenant_id) or not RANDOM_NAME.fullmatch(name):
        raise FileMissing(f"{file.name} has no place in the store")
    return folder_of_all() / folder / name


def plain_name(name: str) -> str:
    """A name safe for every file system and header: no folders, no control characters, its ending kept."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    cleaned = "".join(c for c in base if c.isprintable() and c not in '<>:"|?*').strip(" .") or "file"
    stem, dot, ending = cleaned.rpartition(".")
    if len(cleaned) <= MAX_NAME or not dot or len(ending) > 10:
        return cleaned[:MAX_NAME]
    return f"{stem[: MAX_NAME - len(ending) - 1]}.{ending}"


def folder_of_all() -> Path:
    return Path(settings.MEDIA_ROOT)


def _write(target: Path, content: Content) -> tuple[int, str]:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    try:
        size, digest = _copy(content, draft)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)
    return size, digest


def _copy(content: Content, draft: Path) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for chunk in _chunks(content):
            size += len(chunk)
            if size > settings.GENERATED_FILE_MAX_BYTES:
                raise FileTooLarge(f"The file is larger than {settings.GENERATED_FILE_MAX_BYTES // 2**20} MB.")
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _chunks(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif isinstance(content, Path):
        with content.open("rb") as source:
            yield from iter(lambda: source.read(CHUNK_BYTES), b"")
    else:
        yield from iter(lambda: content.read(CHUNK_BYTES), b"")


def _flush_folder(folder: Path) -> None:
    """The new name survives a power cut only when the folder is flushed too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
