"""For real workers and pollers: ours, in a hurry, with the handlers of the tests."""

from oms.settings.local import *  # noqa: F403  settings are flat modules
from oms.settings.local import env
from tests.jobs.kinds import HANDLERS

JOB_HANDLERS = HANDLERS
CELERY_TASK_SOFT_TIME_LIMIT = env.int("SOFT_SECONDS", 60)
