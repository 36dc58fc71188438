from django.db import connection

from metrics import statements
from metrics.models import BacklogPosition


def make_positions() -> int:
    """Carry forward the positions of the keys that `make_flows` changed in this transaction; rows written."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE metrics_touched")
        cursor.execute("SELECT min(first_day) FROM metrics_touched")
        first = cursor.fetchone()[0]
    if first is None:
        return 0
    with statements.looked_up_in_order():
        counts = statements.row("make_positions", first=first)
    return counts["made"]


def drop_positions() -> None:
    BacklogPosition.objects.all().delete()


def rebuild_positions(*, part: int = 0, parts: int = 1) -> int:
    """Every position of one part of the products from the flows, after `drop_positions`; rows written."""
    return statements.do("rebuild_positions", part=part, parts=parts)
