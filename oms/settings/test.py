"""Tests talk to servers of their own, whatever the environment says."""

import os

from deploy.instance import TEST

os.environ.update(TEST.environment())

from oms.settings.base import *
from oms.settings.base import ROOT
from oms.settings.logs import logging

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = ROOT / "var" / "test" / "media"
LOGGING = logging(json=False, level="WARNING")
