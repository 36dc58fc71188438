from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ui.views.access import PermittedView


class DetailPage(PermittedView):
    """One record. Rows of another tenant, or hidden from an outsider, do not exist: 404."""

    model: ClassVar[type[Any]]
    template_name: ClassVar[str]
    lookup: ClassVar[str] = "pk"

    def get_queryset(self) -> QuerySet[Any]:
        return self.model.objects.all()

    def get_object(self) -> Any:
        return get_object_or_404(self.get_queryset(), **{self.lookup: self.kwargs[self.lookup]})

    def get_context(self, found: Any) -> dict[str, Any]:
        """What the template needs beside `object`."""
        return {}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = self.get_object()
        return render(request, self.template_name, {"object": found, **self.get_context(found)})
