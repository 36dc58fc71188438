from exchange.choices import BatchState, RowState
from exchange.models import ImportBatch, ImportRow


class AlreadyTaken(Exception):
    """Rows of the file are in: what was written is changed where it stands, not by discarding the file."""


def discard_batch(*, batch_id: int) -> ImportBatch:
    """Close a file without taking anything from it. It is kept, and can be uploaded again. Raises AlreadyTaken."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if ImportRow.objects.filter(batch=batch, state=RowState.TAKEN).exists():
        raise AlreadyTaken("Rows of this file were taken already.")
    batch.state = BatchState.DISCARDED
    batch.save(update_fields=["state"])
    return batch
