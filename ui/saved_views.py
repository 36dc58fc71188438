"""Views of a list, or of the figures, that members have saved, and the query string by which they are known."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from ui.columns import Column, Link, YesNo
from ui.models import SavedView
from ui.tables import Table

# what belongs to one look at a list and not to the view of it
PASSING = ("page", "view", "count", "export")


def canonical(params: QueryDict) -> str:
    """The query string in one spelling: without what is passing or empty, names in order, columns in theirs."""
    kept = QueryDict(mutable=True)
    for name in sorted(params):
        values = [value for value in params.getlist(name) if value]
        if values and name not in PASSING:
            kept.setlist(name, values)
    return kept.urlencode()


def views_for(member: Any, page: str) -> QuerySet[SavedView]:
    """The member's own and the shared ones. Leans on saved_view_name_once and saved_view_shared."""
    found = SavedView.objects.filter(page=page)
    return found.filter(Q(member_id=member.pk) | Q(is_shared=True)).order_by("name", "pk")


def list_name(saved: SavedView) -> str:
    """`orders:hold_list` is “Hold”."""
    return saved.page.partition(":")[2].removesuffix("_list").replace("_", " ").capitalize()


class SavedViewTable(Table):
    caption = "Your saved views"
    columns = (
        Link("Name", "name", url_name="saved:view_change"),
        Column("List", list_name, sort="list"),
        YesNo("Opens the list", "is_default"),
        YesNo("Shared", "is_shared"),
    )
