from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.invite_member import Invited, invite_member
from tenancy.actions.create_tenant import create_tenant
from tenancy.choices import Role
from tenancy.scope import tenant_scope


class Command(BaseCommand):
    help = "Make an empty tenant and print the link with which its administrator joins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="first part of its addresses, such as aurora")
        parser.add_argument("--name", required=True)
        parser.add_argument("--currency", required=True, help="reporting currency, ISO 4217, such as USD")
        parser.add_argument("--timezone", required=True, help="such as Europe/Berlin")
        parser.add_argument("--admin", required=True, help="e-mail of the first administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            invited = self.make(options)
        except ValidationError as error:
            raise CommandError("\n".join(explained(error))) from error
        link = settings.PUBLIC_URL.rstrip("/") + reverse("invitation", args=[invited.secret])
        self.stdout.write(f"Made {options['slug']}. {options['admin']} joins, within a week, at\n{link}")

    @transaction.atomic
    def make(self, options: dict[str, Any]) -> Invited:
        admin = options["admin"].strip().lower()
        validate_email(admin)
        values = {name: options[name] for name in ("slug", "name", "currency", "timezone")}
        tenant = create_tenant(**values)
        with tenant_scope(tenant.pk):
            return invite_member(email=admin, role=Role.ADMIN, sees_cost=True, by=None, at=timezone.now())


def explained(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return ["admin: " + message for message in error.messages]
    return [f"{field}: {message}" for field, found in error.message_dict.items() for message in found]
