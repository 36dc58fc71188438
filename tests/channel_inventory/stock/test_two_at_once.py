"""Two reports of one partner at once cannot take the same units."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.post_stock import post_stock
from channel_inventory.models import CostLayer
from metrics.verification import Check, outcome_of
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.channel_stock import invoice_to, sold
from tests.factories.parties import make_sell_to
from tests.factories.tenancy import make_tenant
from tests.fixtures import NOW

TOGETHER = 4


@pytest.mark.django_db(transaction=True)
def test_reports_at_once_share_a_layer_to_the_unit():
    tenant = make_tenant("race")
    with tenant_scope(tenant.pk):
        partner, product = make_sell_to(), make_product()
        invoice_to(partner, product, 100, "120")
        catch_up_sell_in(at=NOW)
        lines = [sold(partner, product, 30) for _ in range(TOGETHER)]
    gate = Barrier(TOGETHER)

    def post(line):
        try:
            gate.wait()
            with tenant_scope(tenant.pk):
                return post_stock(pos_line_ids=[line.pk], by=None, at=NOW).short
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        short = sorted(pool.map(post, lines))
    assert short == [0, 0, 0, 20]
    with tenant_scope(tenant.pk):
        assert CostLayer.objects.get().remaining == 0
        for name in ("layers", "channel_stock"):
            assert outcome_of(Check(name, "channel_inventory"), {"tenant": tenant.pk, "limit": 9}).ok
