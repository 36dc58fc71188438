"""Acknowledgements as they were kept."""

from orders.models import Acknowledgement
from tenancy.models import Tenant
from ui.documents.order_acknowledgement import OrderAcknowledgement, Printed
from ui.documents.thaw import thaw


def stored(acknowledgement: Acknowledgement) -> OrderAcknowledgement:
    return thaw(OrderAcknowledgement, acknowledgement.content)


def printed(made: Acknowledgement, tenant: Tenant) -> Printed:
    return Printed(stored(made), made.revision, tuple(made.changes), made.made_at.astimezone(tenant.zone))
