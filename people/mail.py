"""The invitation's e-mail."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string

from tenancy.models import Invitation

log = logging.getLogger(__name__)


def send_invitation(*, invitation: Invitation, tenant_name: str, link: str) -> bool:
    """False when the mail could not be handed over; the page shows the link as well."""
    text = render_to_string(
        "people/invitation.txt", {"invitation": invitation, "tenant_name": tenant_name, "link": link}
    )
    try:
        send_mail(f"Join {tenant_name} on Channel OMS", text, None, [invitation.email])
    except (SMTPException, OSError) as error:
        log.warning("the invitation %s could not be sent: %s", invitation.pk, error)
        return False
    return True
