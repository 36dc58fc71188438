import datetime as dt
from typing import Any

from exchange.choices import BatchState
from exchange.kinds import kind_named
from exchange.limits import LIMITS
from exchange.models import ColumnMap, ImportBatch
from jobs.files import store_file
from tenancy.models import Member


class FileTooLarge(ValueError):
    field = "file"


def receive_file(
    *,
    kind: str,
    name: str,
    content: bytes,
    party_id: int | None,
    by: Member | None,
    at: dt.datetime,
    partner_code: str = "",
    mapping: dict[str, Any] | None = None,
) -> ImportBatch:
    """Keep the file, whatever is in it, and open a batch for it. Nothing is read yet.

    `partner_code` fills the partner's column where the file has none or leaves it empty. `mapping` is what the sender
    calls the columns and how it writes dates and decimals; without it the map remembered for this kind and party.
    Raises UnknownKind, FileTooLarge.
    """
    kind_named(kind)
    if len(content) > LIMITS.file_bytes:
        raise FileTooLarge(f"The file is larger than {LIMITS.file_bytes // 2**20} MB: split it.")
    file = store_file(
        content,
        kind="import",
        name=name,
        content_type="application/octet-stream",
        right=kind_named(kind).view_right,
        party_id=party_id,
    )
    chosen = remembered_map(kind, party_id) if mapping is None else mapping
    return ImportBatch.objects.create(
        kind=kind,
        file=file,
        file_name=file.name,
        sha256=file.sha256,
        party_id=party_id,
        state=BatchState.RECEIVED,
        mapping={**chosen, "partner_code": partner_code},
        uploaded_by=by,
        uploaded_at=at,
    )


def remembered_map(kind: str, party_id: int | None) -> dict[str, Any]:
    found = ColumnMap.objects.filter(kind=kind, party_id=party_id).first()
    if found is None:
        return {}
    return {"headings": found.headings, "date_format": found.date_format, "decimal_comma": found.decimal_comma}
