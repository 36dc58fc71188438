from django.apps import AppConfig

from oms.celery import app as celery_app


class OmsConfig(AppConfig):
    name = "oms"
    verbose_name = "Channel OMS"

    def ready(self) -> None:
        """Tasks sent by the web process go through our application."""
        celery_app.set_default()
