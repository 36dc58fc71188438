"""Two people, one line: one of them is told, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from orders.actions.change_quantity import change_quantity
from orders.actions.enter_and_book import enter_and_book
from orders.actions.release_from_blanket import line_from, release_from_blanket
from orders.choices import OrderType
from orders.locks import StaleVersion
from orders.models import OrderLedger, OrderLine
from pricing.agreements.caps import lock_caps
from pricing.models import AgreementLine
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.orders import line_entry, occasion, order_entry
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement, make_price_list
from tests.factories.tenancy import make_member, make_tenant
from values.sql import load

TOGETHER = 6


def at_once(work, count: int) -> list:
    """Run `work(index)` in `count` threads that start together; exceptions are results."""
    gate = Barrier(count)

    def one(index: int):
        try:
            gate.wait()
            return work(index)
        except Exception as error:  # noqa: BLE001  what went wrong is what the test looks at
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.django_db(transaction=True)
def test_of_many_edits_of_one_version_one_is_written_and_the_others_are_told():
    tenant = make_tenant("race")
    with tenant_scope(tenant.pk):
        by = make_member(Role.ADMIN)
        sell_to, product = make_sell_to(), make_product()
        make_price_list(product, "1.00", party=sell_to)
        order = enter_and_book(entry=order_entry(sell_to, line_entry(product, 100)), occasion=occasion(by)).order
        line, schedule = order.lines.get(), order.schedules.get()

    def edit(index: int):
        with tenant_scope(tenant.pk):
            return change_quantity(
                order_id=order.pk,
                schedule_id=schedule.pk,
                quantity=200 + index,
                occasion=occasion(by),
                line_version=line.version,
            )

    results = at_once(edit, TOGETHER)
    stale = [each for each in results if isinstance(each, StaleVersion)]
    assert len(stale) == TOGETHER - 1
    with tenant_scope(tenant.pk):
        rows = list(OrderLedger.objects.order_by("id").values_list("verb", "quantity_delta"))
        now = OrderLine.objects.get(pk=line.pk)
        assert len(rows) == 2
        assert sum(quantity for _verb, quantity in rows) == now.quantity == now.open_qty


@pytest.mark.django_db(transaction=True)
def test_orders_that_race_for_a_cap_never_overspend_it():
    tenant = make_tenant("caps")
    with tenant_scope(tenant.pk):
        by = make_member(Role.ADMIN)
        sell_to, buyer, product = make_sell_to(), make_end_buyer(), make_product()
        make_price_list(product, "1.00", party=sell_to)
        agreement = make_agreement(product, "0.50", end_buyer=buyer, cap_qty=250)

    def order_some(index: int):
        with tenant_scope(tenant.pk):
            entry = order_entry(sell_to, line_entry(product, 100, end_buyer_id=buyer.pk))
            return enter_and_book(entry=entry, occasion=occasion(by)).order.lines.get().unit_price

    prices = at_once(order_some, TOGETHER)
    assert sorted(str(price) for price in prices) == ["0.500000"] * 2 + ["1.000000"] * (TOGETHER - 2)
    with tenant_scope(tenant.pk):
        agreement.refresh_from_db()
        assert agreement.reserved_qty == 200


@pytest.mark.django_db(transaction=True)
def test_releases_that_race_for_the_last_pieces_of_a_blanket_never_take_more():
    tenant = make_tenant("blankets")
    with tenant_scope(tenant.pk):
        by = make_member(Role.ADMIN)
        sell_to, product = make_sell_to(), make_product()
        make_price_list(product, "1.00", party=sell_to)
        entry = order_entry(sell_to, line_entry(product, 250), order_type=OrderType.BLANKET)
        blanket = enter_and_book(entry=entry, occasion=occasion(by)).order
        line = line_from(blanket.lines.get(), 100, blanket.schedules.get().request_date)

    def release(index: int):
        with tenant_scope(tenant.pk):
            return release_from_blanket(
                blanket_id=blanket.pk, lines=[line], customer_po=f"R{index}", occasion=occasion(by)
            )

    results = at_once(release, TOGETHER)
    assert sorted(type(each).__name__ for each in results) == ["BookResult"] * 2 + ["VerbRefused"] * (TOGETHER - 2)
    with tenant_scope(tenant.pk):
        assert blanket.schedules.get().released_qty == 200
        assert (
            sum(OrderLine.objects.filter(blanket_line_id=line.blanket_line_id).values_list("quantity", flat=True))
            == 200
        )


@pytest.mark.django_db(transaction=True)
def test_a_release_and_changes_of_earlier_ones_wait_for_each_other_and_foot():
    tenant = make_tenant("steps")
    with tenant_scope(tenant.pk):
        by = make_member(Role.ADMIN)
        sell_to, buyer, product = make_sell_to(), make_end_buyer(), make_product()
        make_price_list(product, "1.00", party=sell_to)
        capped = make_agreement(product, "0.50", end_buyer=buyer, cap_qty=10_000)
        asked = line_entry(product, 1000, end_buyer_id=buyer.pk)
        entry = order_entry(sell_to, asked, order_type=OrderType.BLANKET)
        blanket = enter_and_book(entry=entry, occasion=occasion(by)).order
        line = line_from(blanket.lines.get(), 100, blanket.schedules.get().request_date)
        first = release_from_blanket(blanket_id=blanket.pk, lines=[line], customer_po="R", occasion=occasion(by)).order
        schedule = first.schedules.get()

    def work(index: int):
        with tenant_scope(tenant.pk):
            if index % 2:
                return release_from_blanket(
                    blanket_id=blanket.pk, lines=[line], customer_po=f"R{index}", occasion=occasion(by)
                )
            return change_quantity(
                order_id=first.pk, schedule_id=schedule.pk, quantity=110 + index, occasion=occasion(by)
            )

    results = at_once(work, TOGETHER)
    assert [each for each in results if isinstance(each, Exception)] == []
    with tenant_scope(tenant.pk):
        taken = OrderLine.objects.filter(blanket_line_id=line.blanket_line_id).values_list("quantity", flat=True)
        assert blanket.schedules.get().released_qty == sum(taken)
        capped.refresh_from_db()
        assert capped.reserved_qty == sum(taken)


def test_caps_are_locked_at_once_in_the_order_of_the_lines_that_count_for_them(inside, desk):
    """A revised agreement line is counted further down: by its own number two orders would lock crosswise."""
    sell_to, buyer, products = make_sell_to(), make_end_buyer(), [make_product(), make_product()]
    revised, plain = (make_agreement(each, "0.50", end_buyer=buyer, cap_qty=1_000) for each in products)
    counts = make_agreement(make_product(), "0.40", end_buyer=buyer, cap_qty=1_000)
    AgreementLine.objects.filter(pk=revised.pk).update(carried_to=counts)
    asked = []

    def listen(execute, statement, params, many, context):
        if statement in (load("pricing", "lock_caps"), load("pricing", "reserve_caps")):
            asked.append(params["lines"])
        return execute(statement, params, many, context)

    lines = [line_entry(each, 100, end_buyer_id=buyer.pk) for each in products]
    with connection.execute_wrapper(listen):
        result = enter_and_book(entry=order_entry(sell_to, *lines), occasion=occasion(desk))
    assert result.booked == 2
    assert asked == [[revised.pk, plain.pk]] * 2
    assert lock_caps([revised.pk, plain.pk]) == [plain.pk, counts.pk]
    for agreement in (plain, counts):
        agreement.refresh_from_db()
        assert agreement.reserved_qty == 100


@pytest.mark.django_db(transaction=True)
def test_orders_that_fall_back_on_caps_they_passed_already_do_not_wait_in_a_circle():
    """The cap that is next best comes before those that are held by then: they are let go and taken anew, in order."""
    tenant = make_tenant("circle")
    with tenant_scope(tenant.pk):
        by = make_member(Role.ADMIN)
        near, far, buyer = [make_sell_to() for _ in range(8)], make_sell_to(), make_end_buyer()
        product, other = make_product(), make_product()
        first = make_agreement(product, "0.60", end_buyer=buyer, cap_qty=1_000_000)
        second = make_agreement(other, "0.60", end_buyer=buyer, cap_qty=1_000_000)
        best = [make_agreement(product, "0.50", end_buyer=buyer, sell_to=each, cap_qty=150) for each in near]

    def book(index: int):
        """Half of the orders ask for the second, the best, and the first in its stead; half for first and second."""
        for each in near:
            sell_to, products = ((each, (other, product, product)), (far, (product, other)))[index % 2]
            with tenant_scope(tenant.pk):
                lines = [line_entry(product, 100, end_buyer_id=buyer.pk) for product in products]
                enter_and_book(entry=order_entry(sell_to, *lines), occasion=occasion(by))

    assert at_once(book, TOGETHER) == [None] * TOGETHER
    with tenant_scope(tenant.pk):
        reserved = dict(AgreementLine.objects.values_list("pk", "reserved_qty"))
        # each sell-to's better price holds one line of 100, once: all other lines of the product are of the first
        assert [reserved[each.pk] for each in best] == [100] * 8
        assert reserved[first.pk] == 100 * (3 * 8 * 2 - 8 + 3 * 8)
        assert reserved[second.pk] == 100 * TOGETHER * 8


def test_a_line_that_falls_back_on_another_cap_takes_from_that_one(inside, desk):
    sell_to, buyer, product = make_sell_to(), make_end_buyer(), make_product()
    make_price_list(product, "1.00", party=sell_to)
    best = make_agreement(product, "0.50", end_buyer=buyer, sell_to=sell_to, cap_qty=150)
    next_best = make_agreement(product, "0.60", end_buyer=buyer, cap_qty=150)
    lines = [line_entry(product, 100, end_buyer_id=buyer.pk) for _ in range(3)]
    order = enter_and_book(entry=order_entry(sell_to, *lines), occasion=occasion(desk)).order
    assert sorted(str(line.unit_price) for line in order.lines.all()) == ["0.500000", "0.600000", "1.000000"]
    assert [line.reserved_qty for line in order.lines.order_by("unit_price")] == [100, 100, 0]
    for agreement in (best, next_best):
        agreement.refresh_from_db()
        assert agreement.reserved_qty == 100
