"""Behind a proxy that ends TLS and sets X-Forwarded-Proto and X-Forwarded-For."""

from oms.settings.base import *
from oms.settings.base import env
from oms.settings.logs import logging

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# otherwise all people would share the proxy's address, and ten wrong passwords of one would lock everybody out
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 30 * 24 * 60 * 60)
# Whether subdomains may promise TLS too is known only to whose domain it is.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT
CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ui.static_files.HashedFiles"},
}
LOGGING = logging(json=True, level=env("LOG_LEVEL", "INFO"))
