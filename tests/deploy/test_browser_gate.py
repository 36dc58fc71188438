import os
import subprocess
import sys

import pytest

from deploy.paths import ROOT


def run_without_chromium(*arguments, **environment):
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in ("OMS_CHROMIUM", "OMS_REQUIRE_BROWSER") and not name.startswith("PYTEST_")
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "tests/browser", "-p", "no:cacheprovider", *arguments],
        cwd=ROOT,
        env={**env, "PATH": "/nowhere", **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("arguments", [(), ("-n", "1")])
def test_missing_chromium_is_counted_with_its_apt_line(arguments):
    done = run_without_chromium(*arguments)
    last = [line for line in done.stdout.splitlines() if line.startswith("browser:")]
    assert len(last) == 1
    assert last[0].startswith("browser: not run (")
    assert last[0].endswith("apt-get install -y chromium")
    assert "not run (0)" not in last[0]


def test_missing_chromium_fails_where_it_is_required():
    done = run_without_chromium(OMS_REQUIRE_BROWSER="1")
    assert done.returncode == 4
    assert "there is no Chromium: apt-get install -y chromium" in done.stderr
