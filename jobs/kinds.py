"""The kinds of work there are. `settings.JOB_HANDLERS` maps each to the dotted path of its handler."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from jobs.handle import JobHandle

Handler = Callable[[JobHandle], dict[str, Any]]


class UnknownKind(LookupError):
    """Nobody declared how this kind of job is done."""


def check_kind(kind: str) -> None:
    if kind not in settings.JOB_HANDLERS:
        raise UnknownKind(f"No handler is declared for jobs of kind “{kind}”.")


def handler_for(kind: str) -> Handler:
    check_kind(kind)
    handler: Handler = import_string(settings.JOB_HANDLERS[kind])
    return handler
