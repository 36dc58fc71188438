"""A small site that does what views can do wrong."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from parties.models import Party
from tenancy.models import Member
from tenancy.scope import NoTenant, current_scope, open_scope
from tests.factories.parties import make_party

PARTIES = "{% for party in parties %}{{ party.code }} {% endfor %}"


def who(request, tenant):
    scope = current_scope()
    return HttpResponse(f"{request.tenant.slug} {request.member.pk} {scope.tenant_id} {scope.party_id}")


def lazily(request, tenant):
    """The query runs when the template renders, after the view has returned."""
    template = engines["django"].from_string(PARTIES)
    return TemplateResponse(request, template, {"parties": Party.objects.order_by("code")})


def write_and_answer(request, tenant, status):
    make_party("WRITTEN")
    messages.success(request, "It is written.")
    return HttpResponse("answered", status=status)


def write_and_break(request, tenant):
    make_party("WRITTEN")
    raise RuntimeError("broken on purpose")


def write_and_refuse(request, tenant):
    make_party("WRITTEN")
    raise PermissionDenied


def write_what_fails_at_commit(request, tenant):
    Member.objects.create(user_id=0, role="manager")
    messages.success(request, "It is written.")
    return redirect("/")


def stream_in_scope(request, tenant):
    scope = current_scope()

    def body():
        with open_scope(scope):
            for party in Party.objects.order_by("code").iterator():
                yield f"{party.code} "

    return StreamingHttpResponse(body())


def stream_without_scope(request, tenant):
    def body():
        try:
            yield str(Party.objects.count())
        except NoTenant as error:
            yield str(error)

    return StreamingHttpResponse(body())


def flashes(request):
    return HttpResponse(" ".join(str(message) for message in messages.get_messages(request)))


urlpatterns = [
    path("preferences/flashes", flashes),
    path("accounts/", include("allauth.urls")),
    path("", include("ui.urls")),
    path("<slug:tenant>/who", who),
    path("<slug:tenant>/lazily", lazily),
    path("<slug:tenant>/write/<int:status>", write_and_answer),
    path("<slug:tenant>/break", write_and_break),
    path("<slug:tenant>/refuse", write_and_refuse),
    path("<slug:tenant>/late", write_what_fails_at_commit),
    path("<slug:tenant>/stream", stream_in_scope),
    path("<slug:tenant>/stream-without", stream_without_scope),
]
