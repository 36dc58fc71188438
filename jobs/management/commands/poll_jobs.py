import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jobs.poller import Poller
from tenancy.database_role import PrivilegedRoleError


class Command(BaseCommand):
    help = "Send due jobs to the workers again, tenant by tenant, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        poller = Poller(
            poll_seconds=settings.JOB_POLL_SECONDS,
            resend_seconds=settings.JOB_RESEND_SECONDS,
            clock=timezone.now,
        )
        try:
            self.poll(poller, is_once=options["once"])
        except PrivilegedRoleError as error:
            raise CommandError(str(error)) from error

    def poll(self, poller: Poller, *, is_once: bool) -> None:
        if is_once:
            self.stdout.write(f"Sent {poller.round()} jobs.")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        poller.run(stop)
