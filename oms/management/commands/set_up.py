"""Brings a database to the state that the program expects; safe to repeat."""

import os
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from deploy.environment import uses_embedded_servers
from oms.demo.people import PASSWORD
from tenancy.database_role import PrivilegedRoleError, refuse_privileged_role
from tenancy.models import Tenant, User

TENANTS = ("aurora", "kestrel")
PEOPLE = ("sales_ops", "manager", "finance", "dock", "admin", "partner")


def wants_demo() -> bool:
    """The published logins go by themselves into the checkout's own servers only."""
    default = "1" if uses_embedded_servers() else "0"
    return os.environ.get("OMS_DEMO", default) == "1"


class Command(BaseCommand):
    help = "Migrate, and load the small demo into an empty database. Prints the demo logins, if there are any."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_privileged_role(connections["default"])
        except PrivilegedRoleError as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0, interactive=False)
        if wants_demo() and "seed_demo" in get_commands() and self._is_empty():
            self.stderr.write("Loading the demo …")
            call_command("seed_demo", scale="small", stdout=self.stderr)
        if self._has_demo():
            self.stdout.write(self._logins())

    def _is_empty(self) -> bool:
        return not Tenant._base_manager.using("owner").exists()

    def _has_demo(self) -> bool:
        users = User._base_manager.using("owner")
        return users.filter(email=f"{PEOPLE[0]}@{TENANTS[0]}.example").exists()

    def _logins(self) -> str:
        lines = [" ".join(f"{person}@{tenant}.example" for person in PEOPLE) for tenant in TENANTS]
        return "\n".join([f"Demo logins, password {PASSWORD}:", *(f"  {line}" for line in lines)])
