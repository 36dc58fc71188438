from typing import Any

from django.db.models import QuerySet, Value

from people.filters import AuditFilter
from people.histories import rights_of
from people.names import Names, subjects_of
from people.querysets import with_who
from people.tables import AuditTable
from tenancy.models import AuditEntry
from ui.views import ListPage


class AuditList(ListPage):
    """Who changed which master data, from what to what; one row or one member by the address's query."""

    permission = "audit.view"
    model = AuditEntry
    heading = "Audit trail"
    table_class = AuditTable
    filterset_class = AuditFilter
    orderings = {"when": ("pk",)}
    default_ordering = "-when"
    empty_title = "No change was recorded"
    empty_text = "Every change of master data, members and invitations shows up here."

    def get_queryset(self) -> QuerySet[AuditEntry]:
        held = " ".join(sorted(rights_of(self.member)))
        return with_who(AuditEntry.objects.all()).annotate(rights=Value(held))

    def complete(self, rows: list[Any]) -> None:
        names, subjects = Names(rows), subjects_of(rows)
        for row in rows:
            row.names, row.subject = names, subjects.get(row.pk)
