"""Brings a database to the state that the program expects; safe to repeat."""

import os
from typing import Any

from django.apps import apps
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.db.models import QuerySet

from deploy.environment import uses_embedded_servers
from oms.checks import PrivilegedRoleError, refuse_privileged_role

PASSWORD = "channel-oms-demo"  # noqa: S105 -- the published password of the demo
TENANTS = ("aurora", "kestrel")
PEOPLE = ("sales_ops", "manager", "finance", "dock", "admin", "partner")


class Command(BaseCommand):
    help = "Migrate, and load the small demo into an empty database. Prints the demo logins, if there are any."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_privileged_role(connections["default"])
        except PrivilegedRoleError as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0, interactive=False)
        if self._wants_demo() and self._is_empty():
            self.stderr.write("Loading the demo …")
            call_command("seed_demo", scale="small", stdout=self.stderr)
        if self._has_demo():
            self.stdout.write(self._logins())

    def _wants_demo(self) -> bool:
        """Known logins are loaded by themselves only into the checkout's own servers."""
        default = "1" if uses_embedded_servers() else "0"
        return os.environ.get("OMS_DEMO", default) == "1" and "seed_demo" in get_commands()

    def _is_empty(self) -> bool:
        return not self._rows("Tenant").exists()

    def _has_demo(self) -> bool:
        if not apps.is_installed("tenancy"):
            return False
        return self._rows("User").filter(email=f"{PEOPLE[0]}@{TENANTS[0]}.example").exists()

    def _rows(self, model: str) -> QuerySet[Any]:
        """Of all tenants, which only the owner sees."""
        manager = apps.all_models["tenancy"][model.lower()]._meta.base_manager
        return manager.using("owner").all()

    def _logins(self) -> str:
        lines = [" ".join(f"{person}@{tenant}.example" for person in PEOPLE) for tenant in TENANTS]
        return "\n".join([f"Demo logins, password {PASSWORD}:", *(f"  {line}" for line in lines)])
