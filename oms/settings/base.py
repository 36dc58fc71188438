"""What all environments share. Everything secret or local comes from the environment."""

from pathlib import Path

from environs import Env

from oms.jobs import HANDLERS
from oms.settings.database import database
from oms.story import TELLERS

ROOT = Path(__file__).resolve().parent.parent.parent
env = Env()

SECRET_KEY = env("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

ROOT_URLCONF = "oms.urls"
WSGI_APPLICATION = "oms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Top floor first.
LOCAL_APPS = [
    "metrics",
    "channel_inventory",
    "fulfilment",
    "orders",
    "pricing",
    "shipping",
    "catalog",
    "parties",
    "exchange",
    "people",
    "ui",
    "jobs",
    "tenancy",
]

INSTALLED_APPS = [
    "oms",
    *LOCAL_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "heroicons",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "people.request_log.RequestLog",
    "tenancy.middleware.TenantMiddleware",
]

# plain controls without a template for each option
FORM_RENDERER = "ui.renderer.HouseRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ui.context_processors.shell",
            ],
        },
    },
]

# The app role runs everything, the owner role migrates. Only the web process pools connections: a pool
# does not survive the fork of a Celery worker. All settings of a request are transaction-local.
DATABASES = {
    "default": database(env("DATABASE_URL"), pool=env.int("OMS_DATABASE_POOL", 0)),
}
if env("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = {**database(env("DATABASE_OWNER_URL")), "TEST": {"MIRROR": "default"}}

NAVIGATION = "oms.navigation.NAVIGATION"
ORDER_TELLERS = TELLERS
HISTORIES = "oms.histories.HISTORIES"
PARTY_FOLLOWERS = "oms.merging.FOLLOWERS"
PARTY_DIRECTORY = "oms.people.PARTY_DIRECTORY"
TENANT_AMOUNTS = "oms.people.TENANT_AMOUNTS"
# How people reach us, for links in what a command prints.
PUBLIC_URL = env("PUBLIC_URL", f"http://127.0.0.1:{env('PORT', '8000')}")
IMPORT_KINDS = "oms.imports.KINDS"
IMPORT_CREATORS = "oms.imports.CREATORS"
IMPORT_PARTNERS = "parties.references.NAMED_PARTY"
IMPORT_PARTNER_CODE = "parties.references.code_of"

REDIS_URL = env("REDIS_URL")
# allauth counts failed sign-ins here, for all web processes together.
CACHES = {"default": {"BACKEND": "oms.cache.SharedCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "oms-cache"}}

AUTH_USER_MODEL = "tenancy.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# How many proxies in front add to X-Forwarded-For: limits are counted for the address that the first of ours saw.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
ACCOUNT_ADAPTER = "people.adapter.InvitationOnly"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Channel OMS"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "people.views.unsent.form_out_of_date"
MESSAGE_STORAGE = "tenancy.flashes.Flashes"

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH: list[str] = []

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = ROOT / "staticfiles"
STATICFILES_DIRS = [ROOT / "static"] if (ROOT / "static").exists() else []
MEDIA_ROOT = Path(env("OMS_MEDIA_ROOT", str(ROOT / "var" / "media")))
MEDIA_URL = "/media-is-served-by-views/"

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20

# With a mail server by SMTP; without one into the log, so that nothing waits for a server that is not there.
EMAIL_HOST = env("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=not EMAIL_USE_SSL)
EMAIL_TIMEOUT = 15
MAIL = "django.core.mail.backends"
EMAIL_BACKEND = env("EMAIL_BACKEND", f"{MAIL}.smtp.EmailBackend" if EMAIL_HOST else f"{MAIL}.console.EmailBackend")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL", "channel-oms@localhost")

# A task's time limits stay below the broker's visibility timeout, or it would be delivered twice.
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SOFT_TIME_LIMIT = 50 * 60
CELERY_TASK_TIME_LIMIT = 55 * 60
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 2 * 60 * 60,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
    # A request that asks for a job must not wait for a lost broker: the poller sends it again.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_TASK_DEFAULT_QUEUE = "oms"

JOB_HANDLERS = HANDLERS
# A worker that is gone for a lease's length loses its job to the next one.
JOB_LEASE_SECONDS = env.int("OMS_JOB_LEASE_SECONDS", 120)
JOB_BACKOFF_SECONDS = env.int("OMS_JOB_BACKOFF_SECONDS", 10)
JOB_POLL_SECONDS = env.float("OMS_JOB_POLL_SECONDS", 5)
JOB_RESEND_SECONDS = env.float("OMS_JOB_RESEND_SECONDS", 60)
GENERATED_FILE_MAX_BYTES = 500 * 2**20
