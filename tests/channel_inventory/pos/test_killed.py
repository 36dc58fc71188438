"""A worker that dies while it values a report leaves nothing behind, and the report is taken by the next."""

import pytest
from django.db import OperationalError, connection

from channel_inventory.models import (
    ClaimLine,
    LayerConsumption,
    LiabilityLedger,
    PosLine,
    ReportedEndBuyer,
    StockLedger,
)
from exchange.actions.accept_batch import accept_batch
from metrics.verification import verify_tenant
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.channel_inventory.claims.shop import buckets
from tests.channel_inventory.pos.reports import sheet
from tests.channel_inventory.sessions import beside, wait_until_somebody_waits
from tests.exchange.files import take
from tests.factories.tenancy import make_member, make_tenant
from tests.fixtures import NOW
from tests.world import make_world

BOUGHT = {"end_buyer_name": "B Company"}
WRITTEN = (PosLine, ReportedEndBuyer, StockLedger, LayerConsumption, ClaimLine, LiabilityLedger)


def everything():
    """Every row of every table that taking a report writes."""
    return [list(model.objects.order_by("pk").values()) for model in WRITTEN]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_while_it_values_leaves_nothing_behind(settings, tmp_path):
    """The claim of a corrected line is held elsewhere when its turn comes: there the worker is killed.

    100 × (1.20 − 0.98) before; 80 of line 1 and 10 of line 2 after.
    """
    settings.MEDIA_ROOT = tmp_path
    tenant = make_tenant("race")

    def inside():
        return tenant_scope(tenant.pk)

    with inside():
        partner = make_world(make_member(Role.ADMIN)).sell_to
        take("pos", sheet(BOUGHT), party_id=partner.pk)
        again = sheet({**BOUGHT, "quantity": "80"}, {**BOUGHT, "invoice_line": "2", "quantity": "10"})
        batch = take("pos", again, party_id=partner.pk, is_dry_run=True)
        before = everything()
        assert buckets() == (2_200, 0)

    def accept():
        return accept_batch(batch_id=batch.pk, accept_warnings=False, by=None, at=NOW).accepted_count

    with inside():
        assert list(ClaimLine.objects.select_for_update(of=("self",)))
        worker = beside(inside, accept)
        process = wait_until_somebody_waits()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [process])
        with pytest.raises(OperationalError):
            worker.result()
    with inside():
        assert everything() == before
    with inside():
        assert accept() == 2
        assert buckets() == (1_760 + 220, 0)
        assert all(each.ok for each in verify_tenant())
