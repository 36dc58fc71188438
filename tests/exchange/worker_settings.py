"""For real workers and pollers: ours, with the held accept."""

from oms.jobs import HANDLERS
from oms.settings.local import *  # noqa: F403  settings are flat modules

# what a taken order asks for is known by name, as it is outside of tests
JOB_HANDLERS = {**HANDLERS, "import_accept": "tests.exchange.paused.accept"}
