"""Real workers, pollers and brokers, and how to kill them."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

from celery import current_app
from django.db import connections
from kombu import pools

from deploy.embedded import postgres, valkey
from deploy.instance import Instance
from deploy.paths import ROOT

PATIENCE_SECONDS = 120
HURRY = {
    "DJANGO_SETTINGS_MODULE": "tests.jobs.settings",
    "OMS_JOB_LEASE_SECONDS": "3",
    "OMS_JOB_BACKOFF_SECONDS": "1",
    "OMS_JOB_POLL_SECONDS": "0.3",
    "OMS_JOB_RESEND_SECONDS": "1.5",
}


def eventually(condition, seconds=PATIENCE_SECONDS):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)
    return found


class Process:
    """One program in a session of its own; `log` is what it said."""

    def __init__(self, name, arguments, environment, folder):
        self.log = folder / f"{name}.log"
        with self.log.open("ab") as output:
            self._popen = subprocess.Popen(
                arguments, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
            )

    @property
    def pid(self):
        return self._popen.pid

    def said(self, text):
        return text in self.log.read_text(errors="replace")

    def kill(self):
        """At once and with all its children: nothing is tidied up."""
        with suppress(ProcessLookupError):
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.wait(30)

    def end(self):
        self._popen.terminate()
        return self.wait()

    def wait(self):
        """Its exit code, once it has ended by itself."""
        return self._popen.wait(PATIENCE_SECONDS)


class Programs:
    """Starts our programs on given servers and ends them all."""

    def __init__(self, environment, folder):
        self.environment, self.folder = {**environment, **HURRY}, folder
        self.started = []

    def worker(self, processes=1, **environment):
        name = f"worker-{len(self.started)}"
        arguments = ["-m", "celery", "--app", "oms.celery", "worker", "--loglevel=INFO", "--without-mingle"]
        arguments += ["--without-gossip", f"--concurrency={processes}", f"--hostname={name}@%h"]
        started = self.start(name, [sys.executable, *arguments], environment)
        eventually(lambda: started.said("ready."))
        return started

    def poller(self):
        return self.start(f"poller-{len(self.started)}", [sys.executable, "manage.py", "poll_jobs"], {})

    def start(self, name, arguments, environment):
        started = Process(name, arguments, {**self.environment, **environment}, self.folder)
        self.started.append(started)
        return started

    def stop(self):
        for process in self.started:
            process.kill()


@contextmanager
def own_instance():
    """Servers of one test, with their data removed afterwards."""
    # durable, since a killed server must not forget what it has confirmed
    instance = Instance(f"jobs-{os.getpid()}")
    try:
        yield instance
    finally:
        shutil.rmtree(instance.home, ignore_errors=True)
        shutil.rmtree(instance.folder, ignore_errors=True)


class Broker:
    """A Valkey of one's own, which this process's nudges go to as well."""

    def __init__(self, instance):
        self.instance = instance
        self._children = []
        self._before = current_app.conf.broker_url

    @property
    def url(self):
        return self.instance.environment()["REDIS_URL"]

    def start(self):
        valkey.prepare(self.instance)
        self._children.append(valkey.launch(self.instance))
        valkey.wait_until_ready(self.instance, self._children[-1])
        point_celery_at(self.url)

    def kill(self):
        identity = valkey.find(self.instance)
        os.kill(identity.pid, signal.SIGKILL)
        self._children[-1].wait(30)

    def stop(self):
        identity = valkey.find(self.instance)
        if identity:
            valkey.stop(identity)
        for child in self._children:
            child.wait(30)
        point_celery_at(self._before)


def point_celery_at(url):
    current_app.conf.broker_url = current_app.conf.broker_write_url = url
    if current_app.amqp._producer_pool is not None:
        current_app.amqp._producer_pool.force_close_all()
    current_app.amqp._producer_pool = None
    # the closed pool also stands in kombu's own registry, which would hand it out again
    pools.reset()


class Database:
    """A migrated cluster of one's own, which this process's connections go to as well."""

    ALIASES = {"default": "app_password", "owner": "owner_password"}

    def __init__(self, instance):
        self.instance = instance
        self._children = []
        self._before = {alias: dict(connections[alias].settings_dict) for alias in self.ALIASES}

    def start(self):
        postgres.prepare(self.instance)
        self._children.append(postgres.launch(self.instance))
        postgres.wait_until_ready(self.instance, self._children[-1])
        secret, port = self.instance.secrets(), str(self.instance.ports()["postgres"])
        self._point({a: {"NAME": "oms", "PORT": port, "PASSWORD": secret[key]} for a, key in self.ALIASES.items()})

    def kill(self):
        """The immediate shutdown: sessions are cut off, the next start recovers."""
        os.kill(postgres.find(self.instance).pid, signal.SIGQUIT)
        self._children[-1].wait(30)

    def stop(self):
        self._point(self._before)
        identity = postgres.find(self.instance)
        if identity:
            postgres.stop(identity)
        for child in self._children:
            child.wait(30)

    def _point(self, settings):
        for alias, values in settings.items():
            connections[alias].close()
            connections[alias].settings_dict.update(values)
