"""structlog for our own loggers and for everyone else's: readable lines or one JSON object a line."""

import re
from typing import Any

import structlog
from django.http import HttpRequest
from structlog.typing import EventDict, Processor

# whoever reads a log must not be able to accept an invitation or set somebody's password
SECRET_PATHS = re.compile(r"(/invitation/|/password/reset/key/)[^/\s?]+")
# they tell each step of drawing a page
CHATTY = ("weasyprint", "fontTools")


def name_requests(logger: Any, method: str, event: EventDict) -> EventDict:
    """A request that goes with a message as one text, which can be masked."""
    if isinstance(request := event.get("request"), HttpRequest):
        event["request"] = f"{request.method} {request.get_full_path()}"
    return event


def mask_secret_paths(logger: Any, method: str, event: EventDict) -> EventDict:
    for name, value in event.items():
        if isinstance(value, str) and "/" in value:
            event[name] = SECRET_PATHS.sub(r"\1…", value)
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    mask_secret_paths,
]
# what other programs send along as `extra` is masked as well
FOREIGN: list[Processor] = [structlog.stdlib.ExtraAdder(), name_requests, *SHARED]


def logging(*, json: bool, level: str = "INFO") -> dict[str, Any]:
    """The value of Django's LOGGING; configures structlog on the way."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    if json:
        final = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        # a plain trace: the pretty one prints local variables, and with them passwords
        plain = structlog.dev.plain_traceback
        final = [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": FOREIGN,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *final],
            },
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["console"], "propagate": False},
            # what was refused or not found has its line among the finished requests; Django would add a trace
            "django.request": {"level": "ERROR"},
            **{name: {"level": "WARNING"} for name in CHATTY},
        },
    }
