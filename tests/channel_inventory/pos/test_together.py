"""Two reports of one partner at the same time: each sees what the other brought."""

import pytest

from channel_inventory.choices import PosState
from channel_inventory.models import PosLine
from tenancy.scope import tenant_scope
from tests.channel_inventory.pos.reports import sheet
from tests.exchange.files import take
from tests.factories.catalog import make_product
from tests.factories.parties import make_sell_to
from tests.factories.tenancy import make_tenant
from tests.orders.test_concurrency import at_once


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_count_a_line_once(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    tenant = make_tenant("race")
    with tenant_scope(tenant.pk):
        partner = make_sell_to("NORTH")
        make_product("AUR-1")
    shared = ({}, {"invoice_line": "2"})
    files = [
        sheet(*shared, {"invoice_line": str(3 + index)}, {"invoice_line": "9", "quantity": "7"}) for index in range(2)
    ]

    def upload(index):
        with tenant_scope(tenant.pk):
            return take("pos", files[index], party_id=partner.pk).accepted_count

    taken = at_once(upload, 2)
    assert sorted(taken) == [1, 4]
    with tenant_scope(tenant.pk):
        lines = PosLine.objects.filter(state=PosState.CURRENT)
        assert sorted(lines.values_list("invoice_line", flat=True)) == ["1", "2", "3", "4", "9"]
