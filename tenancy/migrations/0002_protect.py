from django.db import migrations

from tenancy.operations import INSIDER, TENANT, USER, AppendOnly, Audited, ProtectTables

REFUSE_CHANGE = """
CREATE FUNCTION oms_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation', HINT = 'Append a correcting row instead.';
END $$
"""

AUDIT = """
CREATE FUNCTION oms_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  who bigint := NULLIF(current_setting('oms.member_id', true), '')::bigint;
  why text := NULLIF(current_setting('oms.reason', true), '');
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tenancy_auditentry (tenant_id, at, member_id, table_name, row_id, action, before, after, reason)
    SELECT n.tenant_id, clock_timestamp(), who, TG_TABLE_NAME, n.id, 'insert', NULL, to_jsonb(n), why FROM new_rows n;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO tenancy_auditentry (tenant_id, at, member_id, table_name, row_id, action, before, after, reason)
    SELECT n.tenant_id, clock_timestamp(), who, TG_TABLE_NAME, n.id, 'update', to_jsonb(o), to_jsonb(n), why
    FROM new_rows n JOIN old_rows o USING (id) WHERE to_jsonb(n) <> to_jsonb(o);
  ELSE
    INSERT INTO tenancy_auditentry (tenant_id, at, member_id, table_name, row_id, action, before, after, reason)
    SELECT o.tenant_id, clock_timestamp(), who, TG_TABLE_NAME, o.id, 'delete', to_jsonb(o), NULL, why FROM old_rows o;
  END IF;
  RETURN NULL;
END $$
"""

# Numbers: sequences in a schema of their own, one per tenant and kind. The functions run as the owner, take the
# tenant from the setting and never from an argument.
NEXT_NUMBER = """
CREATE FUNCTION oms_next_number(kind text) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF kind !~ '^[a-z_]{1,30}$' THEN RAISE EXCEPTION 'bad number kind'; END IF;
  RETURN nextval(format('oms_numbers.%I', kind || '_' || NULLIF(current_setting('oms.tenant_id', true), '')::bigint)::regclass);
END $$
"""

PREPARE_NUMBERS = """
CREATE FUNCTION oms_prepare_numbers(kinds text[]) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE kind text;
BEGIN
  FOREACH kind IN ARRAY kinds LOOP
    IF kind !~ '^[a-z_]{1,30}$' THEN RAISE EXCEPTION 'bad number kind'; END IF;
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS oms_numbers.%I START 100001',
                   kind || '_' || NULLIF(current_setting('oms.tenant_id', true), '')::bigint);
  END LOOP;
END $$
"""

TENANTS = """
CREATE FUNCTION oms_tenants() RETURNS TABLE (id bigint, slug varchar, timezone varchar, nightly_hour smallint, is_active boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT t.id, t.slug, t.timezone, t.nightly_hour, t.is_active FROM public.tenancy_tenant t
$$
"""


def closed_function(sql: str, name: str, arguments: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        [
            sql,
            f"REVOKE ALL ON FUNCTION {name}({arguments}) FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {name}({arguments}) TO oms_app",
        ],
        f"DROP FUNCTION {name}({arguments})",
    )


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SCHEMA oms_numbers", "DROP SCHEMA oms_numbers CASCADE"),
        migrations.RunSQL(REFUSE_CHANGE, "DROP FUNCTION oms_refuse_change()"),
        migrations.RunSQL(AUDIT, "DROP FUNCTION oms_audit()"),
        closed_function(NEXT_NUMBER, "oms_next_number", "text"),
        closed_function(PREPARE_NUMBERS, "oms_prepare_numbers", "text[]"),
        closed_function(TENANTS, "oms_tenants", ""),
        ProtectTables(
            "Member",
            "Invitation",
            "AuditEntry",
            "Click",
            "Counter",
            outsiders={
                "Member": "user_id = {user}",
                # outsiders make audited changes and take numbers too; they read neither trail nor counter
                "AuditEntry": "member_id = NULLIF(current_setting('oms.member_id', true), '')::bigint",
                "Click": "member_id = NULLIF(current_setting('oms.member_id', true), '')::bigint",
            },
            also_readable={"Member": "user_id = {user}"},
        ),
        AppendOnly("AuditEntry"),
        Audited("Member", "Invitation"),
        migrations.RunSQL(
            [
                "ALTER TABLE tenancy_tenant ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE tenancy_tenant FORCE ROW LEVEL SECURITY",
                "CREATE POLICY owner_all ON tenancy_tenant TO oms_owner USING (true) WITH CHECK (true)",
                f"CREATE POLICY tenant_only ON tenancy_tenant TO oms_app USING (id = {TENANT}) WITH CHECK (id = {TENANT})",
                "CREATE POLICY tenant_read ON tenancy_tenant FOR SELECT TO oms_app "
                f"USING (id IN (SELECT m.tenant_id FROM tenancy_member m WHERE m.user_id = {USER}))",
                f"CREATE POLICY outsider_insert ON tenancy_tenant AS RESTRICTIVE FOR INSERT TO oms_app WITH CHECK ({INSIDER})",
                f"CREATE POLICY outsider_update ON tenancy_tenant AS RESTRICTIVE FOR UPDATE TO oms_app USING ({INSIDER})",
                "REVOKE DELETE ON tenancy_tenant FROM oms_app",
            ],
            [
                "DROP POLICY outsider_update ON tenancy_tenant",
                "DROP POLICY outsider_insert ON tenancy_tenant",
                "DROP POLICY tenant_read ON tenancy_tenant",
                "DROP POLICY tenant_only ON tenancy_tenant",
                "DROP POLICY owner_all ON tenancy_tenant",
                "ALTER TABLE tenancy_tenant DISABLE ROW LEVEL SECURITY",
                "GRANT DELETE ON tenancy_tenant TO oms_app",
            ],
        ),
    ]
