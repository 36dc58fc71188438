from typing import Any

from exchange.batches.storage import StoredRow, fresh_rows
from exchange.choices import BatchState, Direction
from exchange.errors import Unreadable
from exchange.kinds import ImportKind, kind_named
from exchange.models import ImportBatch, ImportRow, Interchange
from exchange.parsing.checking import formats_of
from exchange.parsing.file import match_headings
from exchange.reading import Table, heading_key, read_table
from jobs.files import open_file
from values.collecting import collecting_nothing

# the first bytes of a file say which reader takes it
SNIFFED = 4_096


@collecting_nothing()
def stage_batch(*, batch: ImportBatch) -> list[StoredRow] | None:
    """Read the stored file into rows as received, for the check or accept that follows: it keeps them with what it
    finds, so that each is written once. None for a file that was read before.

    A file that cannot be read gives no rows and leaves the batch failed, saying why.
    """
    if batch.state != BatchState.RECEIVED:
        return None
    kind = kind_named(batch.kind)
    with open_file(batch.file) as file:
        content = file.read()
    try:
        table, mapping = read_batch(kind, content, batch)
    except Unreadable as problem:
        batch.state, batch.message = BatchState.FAILED, problem.message
        batch.mapping = {**batch.mapping, "problem": problem.code}
        batch.save(update_fields=["state", "message", "mapping", "preview"])
        return []
    batch.mapping = mapping
    batch.state, batch.row_count = BatchState.STAGED, len(table.rows)
    note_envelopes(batch, table)
    batch.save(update_fields=["state", "row_count", "mapping", "preview"])
    return fresh_rows(table)


def read_batch(kind: ImportKind, content: bytes, batch: ImportBatch) -> tuple[Table, dict[str, Any]]:
    """The table, and the mapping that fits it: a map whose headings are not in the file is left aside."""
    mapping, formats = dict(batch.mapping), formats_of(batch.mapping)
    for reader in kind.readers:
        if reader.recognises(content[:SNIFFED]):
            table = reader.read(content, formats, batch.party_id)
            found = {name: name for name in kind.names if name in table.headings}
            return table, described(table, keeping(mapping), found)
    headings: dict[str, str] = mapping.get("headings", {})
    known = frozenset(kind.names) | {heading_key(heading) for heading in headings.values()}
    table = read_table(content, known=known, formats=formats)
    if headings and not fits(headings, table):
        mapping, headings = keeping(mapping), {}
        table = read_table(content, known=known)
    return table, described(table, mapping, match_headings(kind, table.headings, headings))


def keeping(mapping: dict[str, Any]) -> dict[str, Any]:
    """What holds for the file whatever its columns are called."""
    return {"partner_code": mapping.get("partner_code", "")}


def fits(headings: dict[str, str], table: Table) -> bool:
    there = {heading_key(heading) for heading in table.headings}
    return any(heading_key(heading) in there for heading in headings.values())


def described(table: Table, mapping: dict[str, Any], found: dict[str, str]) -> dict[str, Any]:
    """What is remembered of the reading. `columns` keeps the file's own order, which JSON objects do not."""
    return {
        **mapping,
        "found": found,
        "columns": list(table.headings),
        "dialect": table.dialect,
        "quarantine": list(table.quarantine),
    }


def note_envelopes(batch: ImportBatch, table: Table) -> None:
    """Record the EDI interchanges of the file; one that came before with other content puts it in quarantine."""
    for envelope in table.envelopes:
        earlier = Interchange.objects.filter(
            direction=Direction.IN, sender=envelope.sender, control_number=envelope.control_number
        )
        if earlier.exclude(sha256=envelope.sha256).exists():
            batch.mapping["quarantine"].append(
                f"Interchange {envelope.control_number} of {envelope.sender} came before with other content."
            )
        Interchange.objects.create(
            direction=Direction.IN,
            sender=envelope.sender,
            receiver=envelope.receiver,
            control_number=envelope.control_number,
            sha256=envelope.sha256,
            batch=batch,
            file=batch.file,
            findings=list(envelope.findings),
        )


def restage_batch(*, batch: ImportBatch, mapping: dict[str, Any]) -> list[StoredRow] | None:
    """Read the stored file again with another mapping, as long as nothing was taken from it; as `stage_batch`."""
    ImportRow.objects.filter(batch=batch).delete()
    Interchange.objects.filter(batch=batch).delete()
    batch.state, batch.message, batch.mapping, batch.preview = BatchState.RECEIVED, "", mapping, {}
    return stage_batch(batch=batch)
