"""Where the browser is, and what is said when there is none."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
APT_LINE = "apt-get install -y chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    given = os.environ.get("OMS_CHROMIUM")
    return given or next(filter(None, map(shutil.which, NAMES)), None)


def is_required() -> bool:
    return os.environ.get("OMS_REQUIRE_BROWSER") == "1"
