"""What an attacker would try who can run SQL as the application role, within one tenant's scope."""

import pytest
from django.db import DatabaseError, connection, transaction

from parties.models import Party
from tenancy.models import AuditEntry, Member
from tenancy.scope import Scope, open_scope, tenant_scope
from tests.factories.parties import make_party
from tests.factories.tenancy import make_member


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


@pytest.fixture
def prey(inside, kestrel):
    """A party of the other tenant."""
    with tenant_scope(kestrel.pk):
        return make_party("PREY", name="Prey Inc")


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine (id int)",
        "CREATE VIEW mine AS SELECT 1",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA mine",
        "CREATE EXTENSION hstore",
        "CREATE TRIGGER t AFTER INSERT ON parties_party EXECUTE FUNCTION oms_audit()",
        "ALTER TABLE parties_party DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE parties_party NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE orders_orderledger DISABLE TRIGGER append_only",
        "ALTER TABLE tenancy_member DISABLE TRIGGER USER",
        "DROP POLICY tenant_only ON parties_party",
        "CREATE POLICY mine ON parties_party USING (true)",
        "ALTER FUNCTION oms_tenants() RESET search_path",
        "SET ROLE oms_owner",
        "SET SESSION AUTHORIZATION oms_owner",
        "SET session_replication_role = replica",
        "COPY parties_party FROM PROGRAM 'id'",
        "COPY parties_party TO '/tmp/parties'",
        "SELECT * FROM pg_authid",
        "SELECT pg_read_file('PG_VERSION')",
        "SELECT nextval('oms_numbers.order_1')",
        "SELECT last_value FROM parties_party_id_seq",
        "SELECT setval('parties_party_id_seq', 1)",
        "DELETE FROM tenancy_tenant",
        "UPDATE orders_orderledger SET id = 0",
        "DELETE FROM orders_orderledger",
        "DELETE FROM tenancy_auditentry",
    ],
)
def test_the_application_role_cannot_widen_its_own_reach(inside, sql):
    with pytest.raises(DatabaseError, match=r"permission denied|must be (owner|superuser|able to)|not allowed"):
        run(sql)


def test_rights_cannot_be_handed_on(inside):
    run("GRANT SELECT ON parties_party TO pg_monitor")
    assert run("SELECT has_table_privilege('pg_monitor', 'parties_party', 'SELECT')") == [(False,)]


def test_row_security_cannot_be_switched_off(prey):
    run("SET LOCAL row_security = off")
    with pytest.raises(DatabaseError, match="affected by row-level security"):
        run("SELECT count(*) FROM parties_party")


def test_copying_in_is_refused_and_copying_out_gives_ones_own(prey):
    make_party("OWN")
    with connection.cursor() as cursor:
        with cursor.copy("COPY parties_party (code) TO STDOUT") as copy:
            assert b"".join(copy) == b"OWN\n"
        with pytest.raises(DatabaseError, match="not supported with row-level security"), transaction.atomic():
            cursor.execute("COPY parties_party (code) FROM STDIN")


def test_a_known_id_cannot_be_taken_over_by_an_upsert(prey, inside):
    columns = "id, tenant_id, code, name, short_name, normalised_name, country"
    with pytest.raises(DatabaseError, match=r"row-level security|null value"):
        run(
            f"INSERT INTO parties_party ({columns}) VALUES (%s, %s, 'X', 'X', 'X', 'x', 'US') "
            "ON CONFLICT (id) DO UPDATE SET name = 'taken'",
            prey.pk,
            inside.pk,
        )
    with tenant_scope(prey.tenant_id):
        assert Party.objects.get(pk=prey.pk).name == "Prey Inc"


def test_a_row_cannot_be_moved_to_another_tenant(prey):
    make_party("OWN")
    with pytest.raises(DatabaseError, match="row-level security"):
        run("UPDATE parties_party SET tenant_id = %s", prey.tenant_id)


def test_a_condition_that_fails_loudly_sees_no_other_rows(prey):
    assert run("SELECT count(*) FROM parties_party WHERE 1 / (tenant_id - %s) > 2", prey.tenant_id) == [(0,)]


def test_a_temporary_table_does_not_catch_the_audit_trail(inside):
    run("CREATE TEMP TABLE tenancy_auditentry (LIKE public.tenancy_auditentry)")
    party = make_party()
    assert run("SELECT count(*) FROM pg_temp.tenancy_auditentry") == [(0,)]
    assert run("SELECT count(*) FROM public.tenancy_auditentry WHERE row_id = %s", party.pk) == [(1,)]


def test_the_audit_trail_cannot_be_forged(desk):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        AuditEntry.objects.create(at="2026-11-23T00:00Z", table_name="x", row_id=1, action="insert")


def test_numbers_come_from_the_tenant_in_scope_alone(inside, kestrel):
    first = run("SELECT oms_next_number('order')")
    with tenant_scope(kestrel.pk):
        assert run("SELECT oms_next_number('order')") == first
    with pytest.raises(DatabaseError, match="bad number kind"):
        run("SELECT oms_next_number('order_1; DROP TABLE x')")


def test_an_outsider_may_change_its_shortcuts_and_not_its_rank(inside):
    mine, other = make_party(), make_party()
    partner = make_member("partner", party_id=mine.pk)
    with open_scope(Scope(inside.pk, mine.pk, partner.pk, partner.user_id)):
        assert Member.objects.filter(pk=partner.pk).update(single_key_shortcuts=False) == 1
        for change in (
            {"role": "admin", "party_id": None},
            {"role": "dock"},
            {"sees_cost": True},
            {"party_id": other.pk},
            {"is_active": False},
        ):
            with pytest.raises(DatabaseError, match=r"no membership|row-level"), transaction.atomic():
                Member.objects.filter(pk=partner.pk).update(**change)
        with pytest.raises(DatabaseError, match="no membership"), transaction.atomic():
            run("DELETE FROM tenancy_member WHERE id = %s", partner.pk)


def test_an_outsider_changes_nothing_of_the_tenant(inside):
    party = make_party()
    with tenant_scope(inside.pk, party_id=party.pk):
        assert run("UPDATE tenancy_tenant SET name = 'taken'") == 0


def test_without_a_tenant_only_ones_own_memberships_are_read_and_none_is_written(inside):
    member = make_member()
    make_member()
    with open_scope(Scope(user_id=member.user_id)):
        assert run("SELECT id FROM tenancy_member") == [(member.pk,)]
        assert run("UPDATE tenancy_member SET role = 'admin'") == 0
