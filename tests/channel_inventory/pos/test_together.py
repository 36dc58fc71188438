"""Two reports of one partner at the same time: each sees what the other brought."""

import pytest

from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.choices import PosState, Verdict
from channel_inventory.models import ClaimLine, PosLine
from exchange.actions.accept_batch import accept_batch
from pricing.choices import Mechanism
from pricing.models import AgreementLine
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.channel_inventory.claims.shop import buckets
from tests.channel_inventory.pos.reports import sheet
from tests.channel_inventory.sessions import beside, wait_until_somebody_waits
from tests.exchange.files import take
from tests.factories.catalog import make_product
from tests.factories.parties import make_sell_to
from tests.factories.pricing import make_agreement
from tests.factories.tenancy import make_member, make_tenant
from tests.fixtures import NOW
from tests.orders.test_concurrency import at_once
from tests.world import make_world


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


@pytest.mark.django_db(transaction=True)
def test_one_file_that_two_people_take_at_once_is_in_once(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    tenant = make_tenant("race")
    with tenant_scope(tenant.pk):
        world = make_world(make_member(Role.ADMIN))
        rows = {"end_buyer_name": "B Company"}, {"invoice_line": "2"}
        batch = take("pos", sheet(*rows), party_id=world.sell_to.pk, is_dry_run=True)

    def accept(index):
        with tenant_scope(tenant.pk):
            return accept_batch(batch_id=batch.pk, accept_warnings=False, by=None, at=NOW).accepted_count

    assert at_once(accept, 3) == [2, 2, 2]
    with tenant_scope(tenant.pk):
        assert PosLine.objects.count() == 2
        assert ClaimLine.objects.count() == 1
        # 100 × (1.20 − 0.98)
        assert buckets() == (2_200, 0)


@pytest.mark.django_db(transaction=True)
def test_a_report_holds_all_caps_that_it_gives_back_before_the_first(settings, tmp_path):
    """A correction gives back under C's agreement, then a return under B's, which comes first by its key. A report
    that waits for B's holds C's not yet: whoever has B's can go on to C's.
    """
    settings.MEDIA_ROOT = tmp_path
    tenant = make_tenant("race")

    def inside():
        return tenant_scope(tenant.pk)

    with inside():
        world = make_world(make_member(Role.ADMIN))
        later = make_agreement(world.product, "1.00", mechanism=Mechanism.SHIP_AND_DEBIT, end_buyer=world.c)
        to_b, to_c = {"end_buyer_name": "B Company"}, {"end_buyer_name": "C Company", "invoice_line": "2"}
        take("pos", sheet(to_b, to_c), party_id=world.sell_to.pk)
        seen = dict(ClaimLine.objects.values_list("pk", "version"))
        decide_lines(seen=seen, decision=Decision(Verdict.APPROVE), by=world.by, at=NOW)
        # 100 × (1.20 − 0.98) and 100 × (1.20 − 1.00)
        assert buckets() == (0, 2_200 + 2_000)
    back = {**to_b, "quantity": "-10", "invoice_date": "2026-11-18"}
    again = sheet({**to_c, "quantity": "40"}, back)
    with inside():
        caps = AgreementLine.objects.select_for_update(of=("self",), nowait=True)
        first = caps.get(pk=world.debit.pk)
        assert first.pk < later.pk
        worker = beside(inside, lambda: take("pos", again, party_id=world.sell_to.pk).accepted_count)
        wait_until_somebody_waits()
        assert caps.get(pk=later.pk).consumed_qty == 100
    assert worker.result() == 2
    with inside():
        used = dict(AgreementLine.objects.values_list("pk", "consumed_qty"))
        assert (used[first.pk], used[later.pk]) == (90, 0)
        # 22.00 less a tenth, and 40 × 0.20 that wait anew
        assert buckets() == (800, 1_980)
