from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict, StreamingHttpResponse
from django.http.response import FileResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django_filters import FilterSet

from tenancy.scope import current_scope, open_scope
from ui import exports
from ui.filters import ActiveFilter, active_filters, address
from ui.keyset import CappedCount, Ordering, capped_count, slice_of
from ui.tables import Heading, Table, export_rows
from ui.views.access import PermittedView

PAGE_ROWS = 50
FETCH_ROWS = 2_000
FRAGMENT_TARGETS = ("list", "section#list")


@dataclass(frozen=True)
class EmptyAction:
    """What to do next when there is nothing yet."""

    label: str
    href: str


@dataclass(frozen=True)
class ExportLink:
    label: str
    href: str


@dataclass(frozen=True)
class Page:
    """The rows shown, the addresses of the neighbouring pages, and how many there are in all."""

    rows: list[Any]
    count: CappedCount
    newer: str
    older: str


class ListPage(PermittedView):
    """A list is a queryset, a filter set, its orderings and a table; one view answers page, fragment and export.

    `orderings` names what a heading may sort by: fields that an index leads with, the last one unique. The
    `default_ordering` is one of these names, with a minus for downward.
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

    # what a page says itself ------------------------------------------------------------------------------------

    def get_queryset(self) -> QuerySet[Any]:
        return self.model.objects.all()

    def get_heading(self) -> str:
        return self.heading

    def get_context(self) -> dict[str, Any]:
        return {}

    def get_empty_actions(self) -> list[EmptyAction]:
        return []

    # how it runs ------------------------------------------------------------------------------------------------

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        filterset, queryset = self.filtered()
        if wanted := request.GET.get("export"):
            return self.export(wanted, queryset)
        context = self.list_context(filterset, queryset)
        if wants_fragment(request):
            return render(request, self.fragment_template, context)
        return render(request, self.template_name, {**context, **self.get_context()})

    def filtered(self) -> tuple[FilterSet | None, QuerySet[Any]]:
        """The filter set, and what it leaves; nothing while one of its fields cannot be read."""
        queryset = self.get_queryset()
        if self.filterset_class is None:
            return None, queryset
        filterset = self.filterset_class(self.request.GET, queryset=queryset, request=self.request)
        return filterset, filterset.qs if filterset.form.is_valid() else queryset.none()

    def list_context(self, filterset: FilterSet | None, queryset: QuerySet[Any]) -> dict[str, Any]:
        page = self.page_of(queryset)
        return {
            "heading": self.get_heading(),
            "page": page,
            "table": self.table_class(page.rows, place=self.place(), member=self.member, headings=self.headings()),
            "filter_form": filterset.form if filterset else None,
            "active_filters": self.active(filterset),
            "ordering": self.request.GET.get("sort", ""),
            "exports": self.export_links(),
            "fragment_template": self.fragment_template,
            "empty_title": self.empty_title,
            "empty_text": self.empty_text,
            "empty_actions": self.get_empty_actions(),
        }

    def page_of(self, queryset: QuerySet[Any]) -> Page:
        token = self.request.GET.get("page", "")
        found = slice_of(queryset, self.ordering(), token=token, size=self.page_rows)
        params = self.request.GET
        newer = address(params, page=found.newer) if found.newer else ""
        older = address(params, page=found.older) if found.older else ""
        return Page(found.rows, capped_count(queryset), newer, older)

    def active(self, filterset: FilterSet | None) -> list[ActiveFilter]:
        return active_filters(filterset, self.request.GET) if filterset else []

    # order ------------------------------------------------------------------------------------------------------

    def ordering_name(self) -> str:
        wanted = self.request.GET.get("sort", "")
        return wanted if wanted.removeprefix("-") in self.orderings else self.default_ordering

    def ordering(self) -> Ordering:
        name = self.ordering_name()
        return Ordering(self.orderings[name.removeprefix("-")], descending=name.startswith("-"))

    def headings(self) -> list[Heading]:
        now, params = self.ordering_name(), self.request.GET
        columns = self.table_class.columns_for(self.member)
        return [heading(column.label, column.classes, column.sort, now, params) for column in columns]

    # files ------------------------------------------------------------------------------------------------------

    def export_links(self) -> list[ExportLink]:
        params = self.request.GET
        return [ExportLink(kind.upper(), address(params, export=kind, page=None)) for kind in ("csv", "xlsx")]

    def export(self, kind: str, queryset: QuerySet[Any]) -> HttpResponseBase:
        """Everything that is filtered, not one page of it, in the columns that the member may see."""
        columns = self.table_class.columns_for(self.member)
        labels = [column.label for column in columns]
        ordered = self.ordering().applied_to(queryset)
        rows = export_rows(columns, ordered.iterator(chunk_size=FETCH_ROWS))
        name = f"{slugify(self.get_heading())}-{self.tenant.today(self.now())}.{kind}"
        if kind == "csv":
            return attachment(
                StreamingHttpResponse(scoped(exports.csv_chunks(labels, rows)), content_type=exports.CSV_TYPE), name
            )
        if kind == "xlsx":
            book = exports.xlsx_file(labels, rows, sheet=self.get_heading())
            return FileResponse(book, as_attachment=True, filename=name, content_type=exports.XLSX_TYPE)
        return HttpResponseBadRequest(f"There is no export “{kind[:20]}”: csv or xlsx.", content_type="text/plain")


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


def scoped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks, made in the scope of this request: a streamed body runs after the middleware has left."""
    scope = current_scope()

    def run() -> Iterator[bytes]:
        with open_scope(scope):
            yield from chunks

    return run()


def attachment(response: HttpResponse | StreamingHttpResponse, name: str) -> Any:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
