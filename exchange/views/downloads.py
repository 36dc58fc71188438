from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from exchange.batches.refused import refused_file
from exchange.downloads import ENDINGS, export_bytes, template_bytes
from exchange.errors import UnknownKind
from exchange.kinds import ImportKind, kind_named
from exchange.views.access import FilesView
from jobs.files import plain_name
from ui.exports import CSV_TYPE, XLSX_TYPE

TYPES = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE}


class ErrorFile(FilesView):
    """The rows with errors as they stand now: whoever sent the file need not wait until we take the good ones."""

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        batch = self.batch()
        if not batch.rejected_count:
            raise Http404("No row of this file was rejected.")
        content, content_type, name = refused_file(batch)
        response = HttpResponse(content, content_type=content_type)
        response["Content-Disposition"] = content_disposition_header(True, plain_name(name))  # noqa: FBT003  as attachment
        return response


class Download(FilesView):
    def ending(self) -> str:
        return self.request.GET.get("as", "csv")

    def kind(self) -> ImportKind:
        try:
            kind = kind_named(self.request.GET.get("kind", ""))
        except UnknownKind as error:
            raise Http404(str(error)) from error
        if self.ending() not in ENDINGS or not kind.is_visible_to(self.member):
            raise Http404
        return kind

    def attached(self, content: bytes, name: str) -> HttpResponse:
        ending = self.ending()
        response = HttpResponse(content, content_type=TYPES[ending])
        response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
        return response


class Template(Download):
    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        kind = self.kind()
        return self.attached(template_bytes(kind, self.ending()), f"{kind.name}-template")


class Export(Download):
    """Our own master data: not for partners, whose view of it would be a part."""

    def required_right(self) -> str | None:
        return "files.import"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        kind = self.kind()
        day = self.tenant.today(self.now())
        return self.attached(export_bytes(kind, self.ending()), f"{kind.name}-{day}")
