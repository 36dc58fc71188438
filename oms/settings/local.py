"""A checkout on one's own machine, with the embedded servers or with given ones."""

from deploy.instance import MAIN
from oms.settings.base import *
from oms.settings.base import EMAIL_HOST, MAIL, env
from oms.settings.logs import logging

DEBUG = env.bool("OMS_DEBUG", default=False)
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
LOGGING = logging(json=False, level=env("LOG_LEVEL", "INFO"))
# Without a mail server each letter is a file that a person can open; they hold secret links.
if not EMAIL_HOST:
    EMAIL_BACKEND = env("EMAIL_BACKEND", f"{MAIL}.filebased.EmailBackend")
EMAIL_FILE_PATH = MAIN.folder / "mail"
