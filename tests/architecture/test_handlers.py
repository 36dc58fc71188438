"""Every kind of job is done by somebody, and asked for by its right name."""

import re

import pytest
from django.conf import settings

from deploy.paths import ROOT
from jobs.kinds import handler_for

ASKED = re.compile(r"request_job\(\s*kind=\"([a-z_]+)\"")


@pytest.mark.parametrize("kind", sorted(settings.JOB_HANDLERS))
def test_the_handler_is_there(kind):
    assert callable(handler_for(kind))


def test_whatever_is_asked_for_is_declared():
    sources = [path for path in ROOT.glob("*/**/*.py") if path.parts[len(ROOT.parts)] not in ("tests", ".venv", "var")]
    asked = {kind for path in sources for kind in ASKED.findall(path.read_text())}
    assert asked <= set(settings.JOB_HANDLERS)
