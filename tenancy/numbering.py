"""Document numbers. Sequences for what may have gaps, a counter row for what may not."""

from django.db import connection

SEQUENCE_KINDS = ("order", "ship_request", "shipment", "import_batch", "claim")
GAPLESS_KINDS = ("invoice", "credit_memo", "claim_credit")

TAKE_GAPLESS = """
UPDATE tenancy_counter SET next_number = next_number + 1
WHERE tenant_id = NULLIF(current_setting('oms.tenant_id', true), '')::bigint AND kind = %s
RETURNING next_number - 1
"""


def next_numbers(kind: str, count: int = 1) -> list[int]:
    """The next `count` numbers of a sequence of the tenant in scope; concurrent callers never wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT oms_next_number(%s) FROM generate_series(1, %s)", [kind, count])
        return [row[0] for row in cursor.fetchall()]


def next_number(kind: str) -> int:
    return next_numbers(kind)[0]


def next_gapless_number(kind: str) -> int:
    """The next number without gaps. Holds the counter's row until commit: call it last."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_GAPLESS, [kind])
        return cursor.fetchone()[0]
