"""What a wrong environment is answered with: a sentence, and never the password."""

import os
import subprocess
import sys

from deploy.paths import ROOT

NAMES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


def check(**given):
    environment = {name: value for name, value in os.environ.items() if name not in NAMES}
    environment |= {"SECRET_KEY": "x", "DJANGO_SETTINGS_MODULE": "oms.settings.production", **given}
    command = [sys.executable, "manage.py", "check"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_missing_address_is_said_in_one_line():
    done = check(DATABASE_URL="postgresql://oms_app@db.example/oms")
    assert done.returncode == 1
    assert done.stderr == "Real servers need all of DATABASE_URL, REDIS_URL; missing: REDIS_URL\n"


def test_an_address_that_cannot_be_read_does_not_show_its_password():
    done = check(DATABASE_URL="postgres//oms_app:s3cret@db.example/oms", REDIS_URL="redis://cache.example")
    assert done.returncode == 1
    assert "postgresql://role:password@host:5432/name" in done.stderr
    assert "s3cret" not in done.stderr
