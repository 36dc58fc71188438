"""A checkout on one's own machine, with the embedded servers or with given ones."""

from oms.settings.base import *
from oms.settings.base import env
from oms.settings.logs import logging

DEBUG = env.bool("OMS_DEBUG", default=False)
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
LOGGING = logging(json=False, level=env("LOG_LEVEL", "INFO"))
