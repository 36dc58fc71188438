"""For real workers and pollers: ours, with the held accept."""

from oms.settings.local import *  # noqa: F403  settings are flat modules

JOB_HANDLERS = {"import_accept": "tests.exchange.paused.accept"}
