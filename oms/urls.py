"""The root: health, login, then every app's own urls."""

from django.urls import URLPattern, URLResolver, include, path

from oms.health import healthz, readyz

# /<tenant slug>/…: one include an app
tenant_pages: list[URLPattern | URLResolver] = [
    path("", include("catalog.urls")),
    path("", include("exchange.urls")),
    path("", include("jobs.urls")),
    path("", include("metrics.urls")),
    path("", include("parties.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("", include("ui.urls")),
    path("<slug:tenant>/", include(tenant_pages)),
]
