"""An invitation found by the secret of its link, before anybody is a member."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from people.querysets import open_invitations
from people.secrets import hash_of, tenant_of
from tenancy.models import Invitation, Tenant
from tenancy.scope import tenant_scope


class InvitationGone(LookupError):
    """No open invitation has this secret: it was used, withdrawn, is too old, or never was."""


@contextmanager
def invitation_of(secret: str, at: dt.datetime) -> Iterator[Invitation]:
    """The open invitation, locked, in the scope of its tenant. Raises InvitationGone."""
    tenant_id = tenant_of(secret)
    if tenant_id is None:
        raise InvitationGone
    with tenant_scope(tenant_id):
        found = open_invitations(at).select_for_update().filter(secret_hash=hash_of(secret)).first()
        if found is None or not Tenant.objects.filter(pk=tenant_id, is_active=True).exists():
            raise InvitationGone
        yield found
