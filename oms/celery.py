"""The Celery application and its clock."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_init
from django.db import connection

from tenancy.database_role import PrivilegedRoleError, refuse_privileged_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oms.settings.local")

app = Celery("oms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # often enough for every time zone: it asks for each tenant's night once its own hour has come
    "nights": {"task": "metrics.request_nights", "schedule": crontab(minute="*/15")},
    # likewise; a mail goes out within five minutes of its hour
    "mails": {"task": "metrics.request_deliveries", "schedule": crontab(minute="*/5")},
    "tidy": {"task": "jobs.tidy", "schedule": crontab(hour="4", minute="40")},
}


def serve_as_plain_role(**_: object) -> None:
    """SystemExit, because Celery only logs other errors of its signals."""
    try:
        refuse_privileged_role(connection)
    except PrivilegedRoleError as error:
        raise SystemExit(str(error)) from error
    finally:
        connection.close()


worker_init.connect(serve_as_plain_role)
beat_init.connect(serve_as_plain_role)
