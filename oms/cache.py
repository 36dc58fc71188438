"""What all web processes must count together: failed sign-ins above all."""

import json
import logging
import time
from typing import Any

import redis
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.retry import Retry

ANSWER_SECONDS = 2
REST_SECONDS = 10.0
MISSING = object()

log = logging.getLogger(__name__)


class JsonSerializer:
    """Django's own pickles, which would let whoever writes to the server run code here."""

    def dumps(self, value: Any) -> Any:
        return value if type(value) is int else json.dumps(value).encode()

    def loads(self, data: Any) -> Any:
        return json.loads(data)


class SharedCache(RedisCache):
    """Django's cache on Valkey. While Valkey cannot be reached each process keeps a cache of its own.

    Nobody is locked out by a lost server, and limits go on being counted, only by each process for itself. After a
    failure the server is left alone for `REST_SECONDS`, so that requests do not wait for it one by one. This holds for
    the four methods that allauth's limits use; the others raise redis.RedisError.
    """

    def __init__(self, server: Any, params: dict[str, Any]):
        super().__init__(server, {**params, "OPTIONS": {**impatient(), **params.get("OPTIONS", {})}})
        self._own = LocMemCache(f"while {server} is away", params)
        self._rests_until = 0.0

    def add(self, key: Any, value: Any, timeout: Any = MISSING, version: int | None = None) -> bool:
        return bool(self._either("add", key, value, **given(timeout), version=version))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._either("get", key, default, version=version)

    def set(self, key: Any, value: Any, timeout: Any = MISSING, version: int | None = None) -> None:
        self._either("set", key, value, **given(timeout), version=version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._either("delete", key, version=version))

    def clear(self) -> None:
        """Our keys alone: Django's would empty the whole server, the queue of jobs with it."""
        client = self._cache.get_client(None, write=True)
        for key in client.scan_iter(match=f"{self.key_prefix}:*"):
            client.delete(key)

    def _either(self, method: str, *arguments: Any, **options: Any) -> Any:
        if time.monotonic() >= self._rests_until:
            try:
                return getattr(super(), method)(*arguments, **options)
            except redis.RedisError as error:
                self._rests_until = time.monotonic() + REST_SECONDS
                log.warning("Valkey does not answer, so this process counts for itself: %s", error)
        return getattr(self._own, method)(*arguments, **options)


def impatient() -> dict[str, Any]:
    return {
        "serializer": JsonSerializer(),
        "socket_timeout": ANSWER_SECONDS,
        "socket_connect_timeout": ANSWER_SECONDS,
        "retry": Retry(NoBackoff(), 0),
    }


def given(timeout: Any) -> dict[str, Any]:
    return {} if timeout is MISSING else {"timeout": timeout}
