"""The root: health, login, then every app's own urls."""

from django.urls import URLPattern, URLResolver, include, path

from oms.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("", include("ui.urls")),
]
