from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from exchange.kinds import ImportKind, kind_named, kinds
from exchange.models import ImportBatch
from ui.views import PermittedView


class FilesView(PermittedView):
    """Our own people need the right to import; a partner sees the files of its own party and no others."""

    permission = "files.import"

    def required_right(self) -> str | None:
        return "partner.files" if self.member.is_outsider else "files.import"

    def visible_kinds(self) -> list[ImportKind]:
        return [kind for kind in kinds().values() if kind.is_visible_to(self.member)]

    def open_kinds(self) -> list[ImportKind]:
        return [kind for kind in kinds().values() if kind.is_open_to(self.member)]

    def batches(self) -> QuerySet[ImportBatch]:
        # row-level security holds a partner to its own; the party is asked for here too
        found = ImportBatch.objects.filter(kind__in=[kind.name for kind in self.visible_kinds()])
        return found.filter(party_id=self.member.party_id) if self.member.is_outsider else found

    def batch(self) -> Any:
        return get_object_or_404(self.batches(), pk=self.kwargs["pk"])


def decision_right(view: FilesView) -> str:
    """To take a file one needs the right to import, and the one to what its kind writes."""
    if not view.member.may("files.import"):
        return "files.import"
    return kind_named(view.batch().kind).right
