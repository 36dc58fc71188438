"""Failed sign-ins are counted for all web processes together, and go on being counted without Valkey."""

import os
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
import redis
from django.core.cache import caches

from deploy.paths import ROOT
from oms.cache import REST_SECONDS, SharedCache
from tenancy.scope import tenant_scope
from tests.factories.tenancy import make_member, make_user

PASSWORD = "correct horse battery"
NOBODY = "redis://127.0.0.1:1/0"
# each process of the tests clears its own keys only
PREFIX = f"test-{os.getpid()}"


def settings_for(url):
    return {"default": {"BACKEND": "oms.cache.SharedCache", "LOCATION": url, "KEY_PREFIX": PREFIX}}


def new_process(url):
    """Another process knows the server, and nothing that this one keeps in memory."""
    return SharedCache(url, {"KEY_PREFIX": PREFIX})


@pytest.fixture
def shared(valkey_server, settings):
    settings.CACHES = settings_for(valkey_server)
    cache = new_process(valkey_server)
    cache.clear()
    yield SimpleNamespace(url=valkey_server, cache=cache)
    cache.clear()


@pytest.fixture
def ada(aurora):
    with tenant_scope(aurora.pk):
        return make_member(user=make_user("ada@example.com", PASSWORD)).user


def sign_in(client, password=PASSWORD):
    return client.post("/accounts/login/", {"login": "ada@example.com", "password": password})


def test_what_one_process_counts_another_reads(shared):
    shared.cache.set("key", [1.5, 2.25], 60)
    assert new_process(shared.url).get("key") == [1.5, 2.25]
    assert not new_process(shared.url).add("key", [], 60)
    assert new_process(shared.url).delete("key")
    assert shared.cache.get("key", "nothing") == "nothing"


def test_clearing_leaves_the_queue_alone(shared):
    server = redis.Redis.from_url(shared.url)
    server.rpush(f"{PREFIX}-queue", "a job")
    shared.cache.set("key", 1, 60)
    shared.cache.clear()
    assert (shared.cache.get("key"), server.lrange(f"{PREFIX}-queue", 0, -1)) == (None, [b"a job"])
    server.delete(f"{PREFIX}-queue")


def test_five_failures_are_five_whichever_process_saw_them(client, ada, shared):
    for _ in range(5):
        sign_in(client, "wrong")
    keys = redis.Redis.from_url(shared.url).keys(f"{PREFIX}:*login_failed*")
    assert keys
    assert "Too many failed" in sign_in(client).text


def test_another_process_knows_them(client, ada, shared):
    """A fresh process asks the server: what it finds there was written by this one."""
    sign_in(client, "wrong")
    script = (
        "import sys; from django.conf import settings; settings.configure(); from oms.cache import SharedCache; "
        "cache = SharedCache(sys.argv[1], {'KEY_PREFIX': sys.argv[2]}); "
        "print([len(cache.get(key)) for key in sys.argv[3:]])"
    )
    keys = [key.decode().split(":", 2)[2] for key in redis.Redis.from_url(shared.url).keys(f"{PREFIX}:*login_failed*")]
    command = [sys.executable, "-c", script, shared.url, PREFIX, *keys]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([1] * len(keys))


def test_without_valkey_people_get_in_and_failures_still_count(client, ada, settings, caplog):
    settings.CACHES = settings_for(NOBODY)
    began = time.monotonic()
    assert sign_in(client).status_code == 302
    client.logout()
    for _ in range(5):
        sign_in(client, "wrong")
    assert "Too many failed" in sign_in(client).text
    assert time.monotonic() - began < REST_SECONDS
    assert caplog.text.count("Valkey does not answer") == 1
    caches["default"]._own.clear()


def test_it_comes_back_by_itself(valkey_server, monkeypatch):
    cache = new_process(NOBODY)
    cache.set("key", "here", 60)
    assert cache.get("key") == "here"
    cache._servers = [valkey_server]
    cache.__dict__.pop("_cache", None)
    monkeypatch.setattr(time, "monotonic", lambda now=time.monotonic: now() + REST_SECONDS)
    cache.set("key", "there", 60)
    assert new_process(valkey_server).get("key") == "there"
    new_process(valkey_server).clear()
