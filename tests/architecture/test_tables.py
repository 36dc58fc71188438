"""The promises of row-level security, read from the catalogue: a table added tomorrow is held to them too."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from deploy.paths import ROOT
from tests.architecture import exempt

pytestmark = pytest.mark.django_db

TENANT_TABLES = """
SELECT c.oid FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
"""
TENANT = "tenant_id = ( SELECT (NULLIF(current_setting('oms.tenant_id'::text, true), ''::text))::bigint"


def column(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return [row[0] for row in cursor.fetchall()]


def tenant_tables():
    return column(f"SELECT oid::regclass::text FROM ({TENANT_TABLES}) t ORDER BY 1")


def test_there_are_tenant_tables():
    assert {"orders_order", "parties_party", "tenancy_auditentry"} <= set(tenant_tables())


def test_every_table_has_a_tenant_or_a_reason():
    found = column(
        "SELECT c.relname FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace "
        f"AND c.oid NOT IN ({TENANT_TABLES})"
    )
    assert sorted(found) == sorted(exempt.TABLES_WITHOUT_TENANT)


def test_row_level_security_is_enabled_and_forced():
    assert not column(
        "SELECT relname FROM pg_class WHERE NOT (relrowsecurity AND relforcerowsecurity) "
        f"AND (oid IN ({TENANT_TABLES}) OR relname = 'tenancy_tenant')"
    )


def test_one_policy_opens_the_tenants_own_rows_and_no_other():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname, qual, with_check FROM pg_policies WHERE permissive = 'PERMISSIVE' "
            "AND 'oms_owner' <> ALL (roles) AND tablename <> 'tenancy_tenant'"
        )
        opening = cursor.fetchall()
    tenant_only = {table: (qual, check) for table, name, qual, check in opening if name == "tenant_only"}
    assert sorted(tenant_only) == tenant_tables()
    for table, (qual, check) in tenant_only.items():
        assert TENANT in qual, table
        assert qual == check, table
    wider = [(table, name) for table, name, _, _ in opening if name != "tenant_only"]
    assert wider == [("tenancy_member", "tenant_read")]


def test_one_policy_holds_outsiders_back():
    found = column(
        "SELECT tablename FROM pg_policies WHERE policyname = 'outsider_only' AND permissive = 'RESTRICTIVE' "
        "AND roles = '{oms_app}' AND cmd = 'ALL' AND qual LIKE '%oms.party_id%' AND with_check LIKE '%oms.party_id%'"
    )
    assert sorted(found) == tenant_tables()


def test_outsiders_only_read_what_they_reach_but_for_written_reasons():
    """Tables that they do not reach at all need no more policies."""
    reached = column(
        "SELECT tablename FROM pg_policies WHERE policyname = 'outsider_only' AND qual NOT LIKE '%OR false)'"
    )
    for command in ("insert", "update", "delete"):
        limited = column(
            "SELECT tablename FROM pg_policies WHERE policyname = %s AND permissive = 'RESTRICTIVE' AND cmd = %s "
            "AND roles = '{oms_app}' AND coalesce(qual, with_check) LIKE '%%oms.party_id%%'",
            f"outsider_{command}",
            command.upper(),
        )
        open_ = {table for table, commands in exempt.WRITTEN_BY_OUTSIDERS.items() if command in commands}
        assert set(reached) - set(limited) == open_, command


def test_the_owner_has_a_policy_of_its_own():
    found = column("SELECT tablename FROM pg_policies WHERE policyname = 'owner_all' AND roles = '{oms_owner}'")
    assert sorted(found) == sorted([*tenant_tables(), "tenancy_tenant"])


def test_every_row_can_be_named_with_its_tenant():
    found = column(
        "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'u' "
        "AND pg_get_constraintdef(oid) = 'UNIQUE (tenant_id, id)'"
    )
    assert sorted([*found, *exempt.TABLES_WITHOUT_ID]) == tenant_tables()


def test_no_key_between_tenant_tables_leaves_the_tenant_out():
    assert not column(
        f"""
        SELECT conname FROM pg_constraint c
        WHERE contype = 'f' AND conrelid IN ({TENANT_TABLES}) AND confrelid IN ({TENANT_TABLES})
          AND pg_get_constraintdef(oid) !~ '^FOREIGN KEY \\(tenant_id, [a-z_]+\\) REFERENCES [a-z_]+\\(tenant_id, id\\)'
        """
    )


def test_every_id_of_another_row_is_a_key():
    loose = column(
        f"""
        SELECT format('%s.%s', a.attrelid::regclass, a.attname) FROM pg_attribute a
        WHERE a.attrelid IN ({TENANT_TABLES}) AND a.attname LIKE '%\\_id' AND a.attname <> 'tenant_id'
          AND a.atttypid IN ('bigint'::regtype, 'integer'::regtype) AND NOT a.attisdropped
          AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'f'
                          AND a.attnum = ANY (c.conkey) AND cardinality(c.conkey) = 2)
        """,
    )
    assert sorted(loose) == sorted(exempt.IDS_WITHOUT_KEY)


def test_whatever_is_unique_is_so_within_a_tenant():
    loose = column(
        f"""
        SELECT format('%s.%s', i.indrelid::regclass, a.attname) FROM pg_index i
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid IN ({TENANT_TABLES}) AND (i.indisunique OR i.indisexclusion) AND NOT i.indisprimary
          AND a.attname <> 'tenant_id'
        """,
    )
    assert sorted(loose) == sorted(exempt.UNIQUE_ACROSS_TENANTS)


def test_the_application_role_owns_nothing():
    assert not column(
        "SELECT objid::regclass::text FROM pg_shdepend WHERE refobjid = 'oms_app'::regrole AND deptype = 'o'"
    )


def test_the_application_role_is_granted_no_truncate_references_or_trigger():
    defaults = column(
        "SELECT a.privilege_type FROM pg_default_acl d, aclexplode(d.defaclacl) a, pg_roles r "
        "WHERE r.oid = a.grantee AND r.rolname = 'oms_app' AND d.defaclobjtype = 'r'"
    )
    assert sorted(defaults) == ["DELETE", "INSERT", "SELECT", "UPDATE"]
    for migration in ROOT.glob("*/migrations/*.py"):
        assert "TRUNCATE" not in migration.read_text(), "the tests grant it to themselves, so look at the source"


def test_the_ledgers_are_the_tables_with_the_guard():
    found = column("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only' AND tgenabled = 'O'")
    assert set(found) == exempt.LEDGERS
    assert {table for table in tenant_tables() if table.endswith("ledger")} <= exempt.LEDGERS


@pytest.mark.parametrize("table", sorted(exempt.LEDGERS))
def test_the_application_role_may_only_read_and_append_to_a_ledger(table):
    held = column(
        "SELECT privilege_type FROM information_schema.role_table_grants "
        "WHERE grantee = 'oms_app' AND table_name = %s AND privilege_type <> 'TRUNCATE'",
        table,
    )
    assert set(held) == ({"SELECT"} if table in exempt.WRITTEN_BY_TRIGGER_ALONE else {"SELECT", "INSERT"})


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("table", sorted(exempt.LEDGERS))
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_a_ledger_refuses_its_owner_too(table, sql):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(using="owner"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute(sql.format(table))


def test_there_is_no_view_that_would_read_as_its_owner():
    assert not column(
        "SELECT relname FROM pg_class c WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace "
        "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') "
        "AND (relkind = 'm' OR NOT coalesce(reloptions @> '{security_invoker=true}', false))"
    )


OWN_FUNCTIONS = """
FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def test_functions_that_run_as_the_owner_are_pinned_closed_and_ask_nobody_for_the_tenant():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.proowner::regrole::text, p.proconfig, "
            "has_function_privilege('public', p.oid, 'EXECUTE'), coalesce(p.proargnames, '{}') "
            f"{OWN_FUNCTIONS} AND p.prosecdef ORDER BY 1"
        )
        found = cursor.fetchall()
    assert {"oms_audit", "oms_next_number", "oms_tenants"} <= {name for name, *_ in found}
    for name, owner, settings, public, arguments in found:
        path = [setting for setting in settings or [] if setting.startswith("search_path=")]
        assert path, f"{name} has no search_path"
        assert path[0].endswith("pg_temp"), f"{name}: pg_temp must come last"
        assert owner == "oms_owner", name
        assert not public, f"{name} is open to PUBLIC"
        assert not [argument for argument in arguments if argument in ("tenant", "tenant_id")], name


def test_trigger_functions_are_pinned_too():
    assert not column(f"SELECT p.proname {OWN_FUNCTIONS} AND p.prorettype = 'trigger'::regtype AND p.proconfig IS NULL")
