from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from people.audit import DONE, Told, changes
from people.histories import Recorded, histories, rights_of
from people.names import Names
from people.querysets import with_who
from people.schema import columns_of, table_words
from tenancy.models import AuditEntry, Tenant
from ui.views import PermittedView

PAGE_ENTRIES = 50


class RecordHistory(PermittedView):
    """Who changed one record or its parts, when, from what to what, and why: the newest first."""

    permission = None

    def required_right(self) -> str | None:
        return self.recorded.right

    @cached_property
    def recorded(self) -> Recorded:
        try:
            return histories()[self.kwargs["kind"]]
        except KeyError:
            raise Http404 from None

    def rows(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.recorded.model._default_manager.all()
        # a person may read all tenants that they belong to, and this page is one of this tenant's
        return rows.filter(pk=self.tenant.pk) if self.recorded.model is Tenant else rows

    def entries(self, pk: int) -> QuerySet[AuditEntry]:
        """By the indexes audit_of_row and audit_of_whole."""
        own = Q(table_name=self.recorded.table, row_id=pk)
        parts = [part._meta.db_table for part in self.recorded.parts]
        about = own | Q(table_name__in=parts, about_id=pk) if parts else own
        return with_who(AuditEntry.objects.filter(about)).order_by("-pk")

    def owner_of(self, table: str) -> set[str]:
        """The column of a part that only says whose part it is."""
        owners = [name for name, field in columns_of(table).items() if field.related_model is self.recorded.model]
        return set() if table == self.recorded.table else set(owners[:1])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        record: Any = get_object_or_404(self.rows(), pk=self.kwargs["pk"])
        entries = self.entries(record.pk)
        before = request.GET.get("before", "")
        if before.isascii() and before.isdecimal():
            entries = entries.filter(pk__lt=int(before))
        found = list(entries[: PAGE_ENTRIES + 1])
        shown = found[:PAGE_ENTRIES]
        context = {
            "record": self.recorded.named(record),
            "back_url": self.url(self.recorded.page, *self.recorded.page_keys(record)),
            "told": self.told(shown),
            "older": shown[-1].pk if len(found) > PAGE_ENTRIES else None,
            "zone": self.tenant.zone,
        }
        return render(request, "people/history.html", context)

    def told(self, entries: list[AuditEntry]) -> list[Told]:
        names, rights = Names(entries), rights_of(self.member)
        return [
            Told(
                at=entry.at.astimezone(self.tenant.zone),
                who=getattr(entry, "who", None) or "the house",
                what=table_words(entry.table_name),
                done=DONE[entry.action],
                changes=changes(entry, rights=rights, spell=names.spell, without=self.owner_of(entry.table_name)),
                reason=entry.reason or "",
            )
            for entry in entries
        ]
