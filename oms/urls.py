"""The root: health, login, then every app's own urls."""

from django.http import Http404
from django.urls import URLPattern, URLResolver, include, path
from django.views.defaults import page_not_found

from metrics.views import Unsubscribe
from oms.health import healthz, readyz
from people.views import AcceptInvitation, ShowUnsent, home

# /<tenant slug>/…: one include an app
tenant_pages: list[URLPattern | URLResolver] = [
    path("", include("catalog.urls")),
    path("", include("exchange.urls")),
    path("", include("people.urls")),
    path("", include("orders.urls")),
    path("", include("fulfilment.urls")),
    path("channel/", include("channel_inventory.urls")),
    path("", include("jobs.urls")),
    path("", include("metrics.urls")),
    path("", include("parties.urls")),
    path("", include("pricing.urls")),
    path("", include("shipping.urls")),
    path("", include("ui.tenant_urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    # an address is proved by the invitation sent to it: nobody changes their own
    path("accounts/email/", page_not_found, {"exception": Http404()}, name="account_email"),
    path("accounts/unsent/", ShowUnsent.as_view(), name="unsent"),
    path("accounts/", include("allauth.urls")),
    path("", home, name="home"),
    path("invitation/<str:secret>/", AcceptInvitation.as_view(), name="invitation"),
    path("unsubscribe/<str:token>/", Unsubscribe.as_view(), name="unsubscribe"),
    path("", include("ui.urls")),
    path("<slug:tenant>/", include(tenant_pages)),
]
