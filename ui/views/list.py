from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBadRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django_filters import FilterSet

from ui.bulk import BulkAction, TooMany, chosen
from ui.columns import Column
from ui.filters import ActiveFilter, active_filters, address
from ui.keyset import CappedCount, Ordering, capped_count, slice_of
from ui.listing import ColumnPick, column_picks, hidden_fields, page_sizes
from ui.tables import Heading, Table, export_rows
from ui.views.access import PermittedView
from ui.views.files import EXPORTS, ExportLink, file_of
from ui.views.viewed import ViewedPage

PAGE_ROWS = 50
FETCH_ROWS = 2_000
FRAGMENT_TARGETS = ("list", "div#list")
EXPORT_SELECTED = BulkAction("Export selected", export="xlsx", icon="arrow-down-tray")


@dataclass(frozen=True)
class EmptyAction:
    """What to do next when there is nothing yet."""

    label: str
    href: str


@dataclass(frozen=True)
class Page:
    """The rows shown, the addresses of the neighbouring pages, and how many there are in all."""

    rows: list[Any]
    count: CappedCount
    newer: str
    older: str
    exactly: str = ""


class ListPage(ViewedPage, PermittedView):
    """A list is a queryset, a filter set, its orderings and a table; one view answers page, fragment and export.

    `orderings` names what a heading may sort by: fields that an index leads with, the last one unique. The
    `default_ordering` is one of these names, with a minus for downward. `bulk_actions` are for the rows that somebody
    ticks. `related` are relations that the columns read, joined to the rows of a page once these are found.
    """

    model: ClassVar[type[Any]]
    table_class: ClassVar[type[Table]]
    filterset_class: ClassVar[type[FilterSet] | None] = None
    orderings: ClassVar[dict[str, tuple[str, ...]]] = {"number": ("pk",)}
    default_ordering: ClassVar[str] = "-number"
    heading: ClassVar[str] = ""
    template_name: ClassVar[str] = "ui/list.html"
    fragment_template: ClassVar[str] = "ui/_list.html"
    empty_title: ClassVar[str] = "Nothing here yet"
    empty_text: ClassVar[str] = ""
    page_rows: ClassVar[int] = PAGE_ROWS
    bulk_actions: ClassVar[tuple[BulkAction, ...]] = ()
    related: ClassVar[tuple[str, ...]] = ()
    takes_all: ClassVar[bool] = False
    """Its bulk actions take all that match, however many that are."""

    # what a page says itself ------------------------------------------------------------------------------------

    def get_queryset(self) -> QuerySet[Any]:
        return self.model.objects.all()

    def get_heading(self) -> str:
        return self.heading

    def get_context(self) -> dict[str, Any]:
        return {}

    def complete(self, rows: list[Any]) -> None:
        """Add to these rows what their columns read elsewhere, in queries that do not grow with the rows."""

    def get_empty_actions(self) -> list[EmptyAction]:
        return []

    # how it runs ------------------------------------------------------------------------------------------------

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if wanted := self.wanted_view():
            return redirect(f"{request.path}?{wanted.query or 'view=all'}")
        filterset, queryset = self.filtered()
        if (kind := request.GET.get("export")) and not (filterset and filterset.form.errors):
            return self.export(kind, queryset)
        context = self.list_context(filterset, queryset)
        if wants_fragment(request):
            return render(request, self.fragment_template, context)
        return render(request, self.template_name, {**context, **self.get_context()})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """The one bulk action that every list can do itself: a file of the selected rows."""
        _, queryset = self.filtered()
        try:
            rows = chosen(queryset, request.POST)
        except TooMany as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())
        return self.export(request.POST.get("export", ""), rows)

    def filtered(self) -> tuple[FilterSet | None, QuerySet[Any]]:
        """The filter set, and what it leaves; nothing while one of its fields cannot be read."""
        queryset = self.get_queryset()
        if needed := {column.needs for column in self.columns if column.needs}:
            queryset = queryset.select_related(*sorted(needed))
        if self.filterset_class is None:
            return None, queryset
        filterset = self.filterset_class(self.request.GET, queryset=queryset, request=self.request)
        return filterset, filterset.qs if filterset.form.is_valid() else queryset.none()

    def list_context(self, filterset: FilterSet | None, queryset: QuerySet[Any]) -> dict[str, Any]:
        page, params = self.page_of(queryset), self.request.GET
        actions = self.open_actions()
        return {
            "heading": self.get_heading(),
            "page": page,
            "table": self.table_class(
                page.rows,
                place=self.place(),
                columns=self.columns,
                headings=self.headings(),
                is_selectable=bool(actions),
            ),
            "filter_form": filterset.form if filterset else None,
            "active_filters": self.active(filterset),
            "kept_by_filters": hidden_fields(params, only=("sort", "cols", "rows")),
            "kept_by_columns": hidden_fields(params, without=("cols", "page")),
            "kept_by_rows": hidden_fields(params, without=("rows", "page")),
            "column_picks": self.column_picks(),
            "wide_only": [column.label for column in self.columns if column.is_wide_only],
            "page_sizes": page_sizes(self.rows_wanted(), self.page_rows),
            **self.views_context(),
            "bulk_actions": actions,
            "page_keys": [((each.key,), each.label.rstrip("…").lower()) for each in actions if each.key],
            "takes_all": self.takes_all,
            "exports": self.export_links(),
            "fragment_template": self.fragment_template,
            "empty_title": self.empty_title,
            "empty_text": self.empty_text,
            "empty_actions": self.get_empty_actions(),
        }

    def page_of(self, queryset: QuerySet[Any]) -> Page:
        params = self.request.GET
        token, size = params.get("page", ""), self.rows_wanted()
        found = slice_of(queryset, self.ordering(), token=token, size=size, related=self.related)
        self.complete(found.rows)
        count = capped_count(queryset, None) if params.get("count") == "exact" else capped_count(queryset)
        newer = address(params, page=found.newer, count=None) if found.newer else ""
        older = address(params, page=found.older, count=None) if found.older else ""
        return Page(found.rows, count, newer, older, address(params, count="exact") if count.is_capped else "")

    def active(self, filterset: FilterSet | None) -> list[ActiveFilter]:
        return active_filters(filterset, self.request.GET) if filterset else []

    def open_actions(self) -> list[BulkAction]:
        return [each for each in self.bulk_actions if each.right is None or self.member.may(each.right)]

    # columns and rows -------------------------------------------------------------------------------------------

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return self.table_class.columns_for(self.member, self.request.GET.getlist("cols"))

    def column_picks(self) -> list[ColumnPick]:
        return column_picks(self.columns, self.table_class.columns_open_to(self.member))

    def rows_wanted(self) -> int:
        wanted = self.request.GET.get("rows", "")
        sizes = [size.rows for size in page_sizes(self.page_rows, self.page_rows)]
        return int(wanted) if wanted in map(str, sizes) else self.page_rows

    # order ------------------------------------------------------------------------------------------------------

    def ordering_name(self) -> str:
        wanted = self.request.GET.get("sort", "")
        return wanted if wanted.removeprefix("-") in self.orderings else self.default_ordering

    def ordering(self) -> Ordering:
        name = self.ordering_name()
        return Ordering(self.orderings[name.removeprefix("-")], descending=name.startswith("-"))

    def headings(self) -> list[Heading]:
        now, params = self.ordering_name(), self.request.GET
        sorts = [column.sort if column.sort in self.orderings else "" for column in self.columns]
        pairs = zip(self.columns, sorts, strict=True)
        return [heading(column.label, column.classes, sort, now, params) for column, sort in pairs]

    # files ------------------------------------------------------------------------------------------------------

    def export_links(self) -> list[ExportLink]:
        params = self.request.GET
        return [ExportLink(kind.upper(), address(params, export=kind, page=None)) for kind in EXPORTS]

    def export(self, kind: str, queryset: QuerySet[Any]) -> HttpResponseBase:
        """Everything that is filtered, not one page of it, in the columns shown."""
        if kind not in EXPORTS:
            return HttpResponseBadRequest(f"There is no export “{kind[:20]}”: csv or xlsx.", content_type="text/plain")
        columns = [column for column in self.columns if column.key]
        ordered = self.ordering().applied_to(queryset.select_related(*self.related) if self.related else queryset)
        rows = export_rows(columns, self.completed(ordered.iterator(chunk_size=FETCH_ROWS)))
        name = f"{slugify(self.get_heading())}-{self.tenant.today(self.now())}.{kind}"
        return file_of(kind, name, [column.label for column in columns], rows, sheet=self.get_heading())

    def completed(self, rows: Iterable[Any]) -> Iterator[Any]:
        left = iter(rows)
        while some := list(islice(left, FETCH_ROWS)):
            self.complete(some)
            yield from some


def wants_fragment(request: Any) -> bool:
    return bool(request.htmx) and request.htmx.target in FRAGMENT_TARGETS


def heading(label: str, css: str, sort: str, now: str, params: QueryDict) -> Heading:
    """A table heading; the one in use turns the order round, another starts with its own."""
    if not sort:
        return Heading(label, css)
    in_use = now.removeprefix("-") == sort
    turned = sort if now.startswith("-") or not in_use else f"-{sort}"
    direction = ("descending" if now.startswith("-") else "ascending") if in_use else ""
    return Heading(label, css, address(params, sort=turned, page=None), direction)
