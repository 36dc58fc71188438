"""Row-level security as the application role meets it."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from parties.models import Location, Party
from tenancy.models import AuditEntry, Member, Tenant
from tenancy.scope import NoTenant, tenant_scope
from tests.factories.parties import make_location, make_party
from tests.factories.tenancy import make_member, make_user


@pytest.fixture
def two(aurora: Tenant, kestrel: Tenant) -> tuple[Tenant, Tenant]:
    for tenant, size in ((aurora, 3), (kestrel, 5)):
        with tenant_scope(tenant.pk):
            for _ in range(size):
                make_party()
    return aurora, kestrel


def count_in_sql(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_tests_run_as_the_application_role(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("oms_app", False, False)


def test_without_a_scope_nothing_is_seen_and_the_manager_refuses(two):
    assert count_in_sql("parties_party") == 0
    with pytest.raises(NoTenant):
        Party.objects.count()


def test_each_scope_sees_its_own_rows_and_nesting_restores(two):
    aurora, kestrel = two
    with tenant_scope(kestrel.pk):
        assert count_in_sql("parties_party") == 5
        with tenant_scope(aurora.pk):
            assert count_in_sql("parties_party") == 3
        assert count_in_sql("parties_party") == 5


def test_an_error_in_a_nested_scope_restores_the_outer_one(two):
    aurora, kestrel = two
    with tenant_scope(aurora.pk):
        with pytest.raises(ZeroDivisionError), tenant_scope(kestrel.pk):
            raise ZeroDivisionError
        assert count_in_sql("parties_party") == 3


def test_a_row_of_another_tenant_cannot_be_written(two):
    aurora, kestrel = two
    with tenant_scope(aurora.pk), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Party.objects.create(tenant=kestrel, code="X", name="X", short_name="X", normalised_name="x", country="US")


def test_update_and_delete_of_another_tenant_touch_nothing(two):
    aurora, kestrel = two
    with tenant_scope(aurora.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE parties_party SET name = 'taken' WHERE tenant_id = %s", [kestrel.pk])
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM parties_party WHERE tenant_id = %s", [kestrel.pk])
        assert cursor.rowcount == 0


def test_a_foreign_key_to_another_tenant_is_refused(two):
    aurora, kestrel = two
    with tenant_scope(kestrel.pk):
        stranger = Party.objects.first()
    with (
        tenant_scope(aurora.pk),
        pytest.raises(IntegrityError, match="parties_location_party_id_tenant_fk"),
        transaction.atomic(),
    ):
        make_location(stranger)


def test_the_party_of_a_member_must_be_of_its_tenant(two):
    aurora, kestrel = two
    with tenant_scope(kestrel.pk):
        stranger = Party.objects.first()
    with (
        tenant_scope(aurora.pk),
        pytest.raises(IntegrityError, match="tenancy_member_party_id_tenant_fk"),
        transaction.atomic(),
    ):
        make_member("partner", party_id=stranger.pk)


def test_an_outsider_sees_its_own_party_and_no_other(inside):
    mine, other = make_party("MINE"), make_party("OTHER")
    make_location(mine)
    make_location(other)
    with tenant_scope(inside.pk, party_id=mine.pk):
        assert [party.code for party in Party.objects.all()] == ["MINE"]
        assert [place.party_id for place in Location.objects.all()] == [mine.pk]
        assert Party.objects.filter(pk=other.pk).update(name="taken") == 0


def test_an_outsider_reads_no_price_terms_or_ledger(inside):
    mine = make_party("MINE")
    with tenant_scope(inside.pk, party_id=mine.pk):
        for table in ("pricing_agreement", "pricing_pricelistitem", "shipping_shippingrule", "orders_orderledger"):
            assert count_in_sql(table) == 0


def test_a_member_finds_its_own_memberships_without_a_tenant(two):
    aurora, kestrel = two
    user = make_user()
    for tenant in two:
        with tenant_scope(tenant.pk):
            make_member(user=user)
            make_member()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('oms.user_id', %s, true)", [str(user.pk)])
        cursor.execute("SELECT tenant_id FROM tenancy_member ORDER BY 1")
        assert cursor.fetchall() == [(aurora.pk,), (kestrel.pk,)]
    assert Member._base_manager.count() == 2


def test_every_change_of_master_data_leaves_who_before_and_after(inside):
    member = make_member()
    with tenant_scope(inside.pk, member_id=member.pk):
        party = make_party("AUDITED", name="Old name")
        Party.objects.filter(pk=party.pk).update(name="New name")
        Party.objects.filter(pk=party.pk).update(name="New name")
    entries = AuditEntry.objects.filter(table_name="parties_party", row_id=party.pk).order_by("id")
    assert [(e.action, e.member_id) for e in entries] == [("insert", member.pk), ("update", member.pk)]
    assert (entries[1].before["name"], entries[1].after["name"]) == ("Old name", "New name")


def test_the_audit_trail_refuses_change_and_delete(inside):
    make_party()
    entry = AuditEntry.objects.first()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(reason="forged")
