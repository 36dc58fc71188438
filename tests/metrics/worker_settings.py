"""For real workers and pollers: ours, in a hurry, with the held handlers."""

from oms.settings.local import *  # noqa: F403  settings are flat modules

JOB_HANDLERS = {"nightly": "tests.metrics.paused.nightly", "report": "tests.metrics.paused.report"}
