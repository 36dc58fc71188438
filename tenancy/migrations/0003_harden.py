"""Closes what an attacker with the application role's SQL could do."""

from django.db import migrations

# As the owner's function it writes the trail for everybody while nobody may write it by hand, and the qualified name
# cannot be shadowed by a temporary table.
AUDIT = """
CREATE OR REPLACE FUNCTION oms_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who bigint := NULLIF(current_setting('oms.member_id', true), '')::bigint;
  why text := NULLIF(current_setting('oms.reason', true), '');
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO public.tenancy_auditentry (tenant_id, at, member_id, table_name, row_id, action, before, after, reason)
    SELECT n.tenant_id, clock_timestamp(), who, TG_TABLE_NAME, n.id, 'insert', NULL, to_jsonb(n), why FROM new_rows n;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO public.tenancy_auditentry (tenant_id, at, member_id, table_name, row_id, action, before, after, reason)
    SELECT n.tenant_id, clock_timestamp(), who, TG_TABLE_NAME, n.id, 'update', to_jsonb(o), to_jsonb(n), why
    FROM new_rows n JOIN old_rows o USING (id) WHERE to_jsonb(n) <> to_jsonb(o);
  ELSE
    INSERT INTO public.tenancy_auditentry (tenant_id, at, member_id, table_name, row_id, action, before, after, reason)
    SELECT o.tenant_id, clock_timestamp(), who, TG_TABLE_NAME, o.id, 'delete', to_jsonb(o), NULL, why FROM old_rows o;
  END IF;
  RETURN NULL;
END $$
"""

# An outsider's policy lets it reach its own membership, to keep its preferences; it must not raise its own rank.
GUARD_MEMBER = """
CREATE FUNCTION oms_guard_member() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NULLIF(current_setting('oms.party_id', true), '') IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'single_key_shortcuts' = to_jsonb(OLD) - 'single_key_shortcuts' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'outsiders change no membership' USING ERRCODE = 'insufficient_privilege';
END $$
"""

OPEN_AUDIT = """
ALTER FUNCTION oms_audit() SECURITY INVOKER;
ALTER FUNCTION oms_audit() RESET search_path;
GRANT EXECUTE ON FUNCTION oms_audit() TO PUBLIC;
GRANT INSERT ON tenancy_auditentry TO oms_app
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0002_protect")]

    operations = [
        migrations.RunSQL(
            [
                AUDIT,
                "REVOKE ALL ON FUNCTION oms_audit() FROM PUBLIC",
                "REVOKE INSERT ON tenancy_auditentry FROM oms_app",
            ],
            OPEN_AUDIT,
        ),
        migrations.RunSQL(
            [
                "ALTER FUNCTION oms_refuse_change() SET search_path = pg_catalog, pg_temp",
                "REVOKE ALL ON FUNCTION oms_refuse_change() FROM PUBLIC",
            ],
            [
                "ALTER FUNCTION oms_refuse_change() RESET search_path",
                "GRANT EXECUTE ON FUNCTION oms_refuse_change() TO PUBLIC",
            ],
        ),
        migrations.RunSQL(
            [
                GUARD_MEMBER,
                "REVOKE ALL ON FUNCTION oms_guard_member() FROM PUBLIC",
                "CREATE TRIGGER guard_member BEFORE INSERT OR UPDATE OR DELETE ON tenancy_member "
                "FOR EACH ROW EXECUTE FUNCTION oms_guard_member()",
            ],
            ["DROP TRIGGER guard_member ON tenancy_member", "DROP FUNCTION oms_guard_member()"],
        ),
        # a sequence's last value tells one tenant how many rows all others have written
        migrations.RunSQL(
            [
                "REVOKE SELECT ON ALL SEQUENCES IN SCHEMA public FROM oms_app",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON SEQUENCES FROM oms_app",
            ],
            [
                "GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO oms_app",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO oms_app",
            ],
        ),
    ]
