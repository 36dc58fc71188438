import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from pricing.actions.consume_caps import consume_caps
from pricing.actions.release_caps import NotReserved, release_caps
from pricing.actions.reserve_caps import reserve_caps
from pricing.actions.restore_caps import NotConsumed, restore_caps
from pricing.actions.spend_reserved import spend_reserved
from pricing.models import AgreementLine
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer
from tests.factories.pricing import make_agreement
from tests.factories.tenancy import make_tenant


def capped(cap=500):
    return make_agreement(make_product(), "1", end_buyer=make_end_buyer(), cap_qty=cap)


def used(line):
    line.refresh_from_db()
    return line.consumed_qty, line.reserved_qty


def test_reserving_takes_up_to_the_cap_exactly(inside):
    line = capped(500)
    assert reserve_caps(wanted={line.pk: 300}) == {line.pk: 300}
    assert reserve_caps(wanted={line.pk: 201}) == {line.pk: 0}
    assert reserve_caps(wanted={line.pk: 200}) == {line.pk: 200}
    assert used(line) == (0, 500)


def test_each_line_is_granted_or_refused_on_its_own(inside):
    small, large, free = capped(10), capped(100), capped(None)
    wanted = {large.pk: 50, free.pk: 10**12, small.pk: 11}
    assert reserve_caps(wanted=wanted) == {large.pk: 50, free.pk: 10**12, small.pk: 0}
    assert [used(line)[1] for line in (small, large, free)] == [0, 50, 10**12]


def test_nothing_wanted_is_nothing_granted(inside):
    line = capped()
    assert reserve_caps(wanted={}) == {}
    assert reserve_caps(wanted={line.pk: 0}) == {line.pk: 0}


def test_a_line_of_another_tenant_grants_nothing(aurora, kestrel):
    with tenant_scope(kestrel.pk):
        line = capped()
    with tenant_scope(aurora.pk):
        assert reserve_caps(wanted={line.pk: 1}) == {line.pk: 0}
    with tenant_scope(kestrel.pk):
        assert used(line) == (0, 0)


def test_a_negative_quantity_is_refused(inside):
    with pytest.raises(ValueError, match="cannot be negative"):
        reserve_caps(wanted={capped().pk: -1})


def test_releasing_gives_back(inside):
    line = capped(500)
    reserve_caps(wanted={line.pk: 500})
    release_caps(returned={line.pk: 200})
    assert reserve_caps(wanted={line.pk: 200}) == {line.pk: 200}


def test_releasing_more_than_is_reserved_is_refused(inside):
    line = capped(500)
    reserve_caps(wanted={line.pk: 5})
    with pytest.raises(NotReserved, match=f"agreement lines {line.pk}"):
        release_caps(returned={line.pk: 6})
    assert used(line) == (0, 5)


def test_shipping_turns_a_reservation_into_use(inside):
    line = capped(500)
    reserve_caps(wanted={line.pk: 500})
    spend_reserved(spent={line.pk: 300})
    assert used(line) == (300, 200)
    assert reserve_caps(wanted={line.pk: 1}) == {line.pk: 0}
    with pytest.raises(NotReserved):
        spend_reserved(spent={line.pk: 201})


def test_consuming_takes_what_remains(inside):
    line, free = capped(500), capped(None)
    reserve_caps(wanted={line.pk: 100})
    assert consume_caps(wanted={line.pk: 450, free.pk: 7}) == {line.pk: 400, free.pk: 7}
    assert consume_caps(wanted={line.pk: 1}) == {line.pk: 0}
    assert used(line) == (400, 100)


def test_giving_back_what_was_used(inside):
    line = capped(500)
    consume_caps(wanted={line.pk: 300})
    restore_caps(returned={line.pk: 120})
    assert used(line) == (180, 0)
    with pytest.raises(NotConsumed, match=str(line.pk)):
        restore_caps(returned={line.pk: 181})
    assert used(line) == (180, 0)


def test_a_revised_line_is_counted_where_its_use_was_carried(inside):
    old, new = capped(500), capped(600)
    AgreementLine.objects.filter(pk=old.pk).update(carried_to=new)
    assert reserve_caps(wanted={old.pk: 250, new.pk: 300}) == {old.pk: 250, new.pk: 300}
    release_caps(returned={old.pk: 250})
    assert consume_caps(wanted={old.pk: 200, new.pk: 200}) == {old.pk: 200, new.pk: 100}
    assert (used(old), used(new)) == ((0, 0), (300, 300))


@pytest.mark.django_db(transaction=True)
def test_no_interleaving_overspends():
    """Eight connections take from two lines in opposite order: the caps hold exactly, and nobody deadlocks."""
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        lines = [capped(100), capped(75)]
    start = threading.Barrier(8)

    def take(worker):
        order = lines if worker % 2 else lines[::-1]
        start.wait()
        taken = [0, 0]
        try:
            for _ in range(10):
                with tenant_scope(tenant.pk):
                    granted = reserve_caps(wanted={line.pk: 3 for line in order})
                    claimed = consume_caps(wanted={line.pk: 1 for line in order})
                taken = [t + granted[line.pk] + claimed[line.pk] for t, line in zip(taken, lines, strict=True)]
        finally:
            connection.close()
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take, range(8)))
    with tenant_scope(tenant.pk):
        assert [sum(used(line)) for line in lines] == [100, 75]
    assert [sum(column) for column in zip(*taken, strict=True)] == [100, 75]
