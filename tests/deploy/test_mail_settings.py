"""Mail goes where the environment says: by SMTP with a mail server, else where a person finds it."""

import json
import os
import subprocess
import sys

import pytest

from deploy.instance import MAIN
from deploy.paths import ROOT

NAMES = ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS",
         "EMAIL_USE_SSL", "DEFAULT_FROM_EMAIL", "SERVER_EMAIL")  # fmt: skip
SERVERS = {"SECRET_KEY": "x", "DATABASE_URL": "postgresql://a/b", "REDIS_URL": "redis://a"}


def settings(module, **given):
    script = (
        "import json, sys; from django.conf import settings; "
        "print(json.dumps({name: str(getattr(settings, name, None)) for name in sys.argv[1:]}))"
    )
    environment = {key: value for key, value in os.environ.items() if key not in (*NAMES, "DJANGO_SETTINGS_MODULE")}
    environment |= {**SERVERS, **given, "DJANGO_SETTINGS_MODULE": f"oms.settings.{module}"}
    done = subprocess.run(
        [sys.executable, "-c", script, *NAMES, "EMAIL_FILE_PATH"], cwd=ROOT, env=environment, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.parametrize("module", ["local", "production"])
def test_with_a_mail_server_letters_go_by_smtp(module):
    found = settings(
        module, EMAIL_HOST="mail.example", EMAIL_PORT="2525", EMAIL_HOST_USER="oms", EMAIL_HOST_PASSWORD="secret",
        DEFAULT_FROM_EMAIL="orders@aurora.example",
    )  # fmt: skip
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", "2525")
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("oms", "secret")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == ("True", "False")
    assert found["DEFAULT_FROM_EMAIL"] == found["SERVER_EMAIL"] == "orders@aurora.example"


def test_tls_from_the_start_takes_the_place_of_starttls():
    found = settings("production", EMAIL_HOST="mail.example", EMAIL_USE_SSL="1", EMAIL_PORT="465")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == ("False", "True")


def test_without_one_a_checkout_keeps_letters_as_private_files():
    found = settings("local")
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"
    assert found["EMAIL_FILE_PATH"] == str(MAIN.folder / "mail")


def test_without_one_production_prints_them():
    assert settings("production")["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"


def test_the_backend_can_be_named():
    backend = "django.core.mail.backends.dummy.EmailBackend"
    assert settings("local", EMAIL_BACKEND=backend)["EMAIL_BACKEND"] == backend
