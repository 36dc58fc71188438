"""Writing changed validities past an exclusion constraint that looks at every row at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from pricing.validities.timeline import Span
from tenancy.scope import current_tenant_id
from values import sql


def write_spans(statement: str, changed: Sequence[Span], was: Mapping[int, Span]) -> None:
    """Run the set-based update, first for what becomes shorter: the longer ones may need the days."""
    shorter = [span for span in changed if span.pk is not None and span.last <= was[span.pk].last]
    longer = [span for span in changed if span.pk is not None and span.last > was[span.pk].last]
    for spans in (shorter, longer):
        if not spans:
            continue
        params: dict[str, Any] = {
            "tenant": current_tenant_id(),
            "ids": [span.pk for span in spans],
            "ends": [span.end for span in spans],
            "values": [span.value for span in spans],
        }
        with connection.cursor() as cursor:
            cursor.execute(sql.load("pricing", statement), params)
