from django.db.models import TextChoices


class BatchState(TextChoices):
    """received → staged → (waiting | ready) → accepted; failed when nothing could be read."""

    RECEIVED = "received", "Received"
    STAGED = "staged", "Staged"
    WAITING = "waiting", "Waits for a decision"
    READY = "ready", "Checked, ready to accept"
    ACCEPTED = "accepted", "Accepted"
    QUARANTINED = "quarantined", "Quarantined: the envelope does not add up"
    FAILED = "failed", "Could not be read"
    DISCARDED = "discarded", "Discarded"


class RowState(TextChoices):
    STAGED = "staged", "Staged"
    GOOD = "good", "Good"
    WARNING = "warning", "Good with a warning"
    UNCHANGED = "unchanged", "Changes nothing"
    BAD = "bad", "Rejected"
    TAKEN = "taken", "Taken"


class RowChange(TextChoices):
    """What accepting the row does, or did."""

    CREATE = "create", "New"
    UPDATE = "update", "Changes what is there"
    UNCHANGED = "unchanged", "Changes nothing"


class Direction(TextChoices):
    IN = "in", "In"
    OUT = "out", "Out"
