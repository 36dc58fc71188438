from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from jobs.files import FileMissing, open_file
from jobs.models import GeneratedFile
from jobs.views.access import JobsView
from tenancy.models import Member


class Download(JobsView):
    """A stored file, for whoever holds its right or belongs to its party; for anybody else it does not exist."""

    def get(self, request: HttpRequest, tenant: str, pk: int, **kwargs: Any) -> HttpResponseBase:
        file = get_object_or_404(GeneratedFile, pk=pk)
        if not may_download(file, self.request.member):
            raise Http404
        try:
            return download(file)
        except FileMissing as error:
            raise Http404(str(error)) from error


def download(file: GeneratedFile) -> FileResponse:
    """The bytes, to be saved and never shown or run by the browser. Raises FileMissing; the right is checked before."""
    content = open_file(file)
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.content_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


def may_download(file: GeneratedFile, member: Member) -> bool:
    if member.is_outsider:
        return file.party_id is not None and file.party_id == member.party_id
    return member.may(file.right)
