"""Lets an audit entry name the row that its own is a part of, so that the history of a record has its parts too."""

from django.db import migrations, models
from django.db.models import Q

WRITE = """
CREATE OR REPLACE FUNCTION oms_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who bigint := NULLIF(current_setting('oms.member_id', true), '')::bigint;
  why text := NULLIF(current_setting('oms.reason', true), '');
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO public.tenancy_auditentry
      (tenant_id, at, member_id, table_name, row_id, about_id, action, before, after, reason)
    SELECT n.tenant_id, clock_timestamp(), who, TG_TABLE_NAME, n.id, (to_jsonb(n) ->> TG_ARGV[0])::bigint, 'insert',
      NULL, to_jsonb(n), why FROM new_rows n;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO public.tenancy_auditentry
      (tenant_id, at, member_id, table_name, row_id, about_id, action, before, after, reason)
    SELECT n.tenant_id, clock_timestamp(), who, TG_TABLE_NAME, n.id, (to_jsonb(n) ->> TG_ARGV[0])::bigint, 'update',
      to_jsonb(o), to_jsonb(n), why FROM new_rows n JOIN old_rows o USING (id) WHERE to_jsonb(n) <> to_jsonb(o);
  ELSE
    INSERT INTO public.tenancy_auditentry
      (tenant_id, at, member_id, table_name, row_id, about_id, action, before, after, reason)
    SELECT o.tenant_id, clock_timestamp(), who, TG_TABLE_NAME, o.id, (to_jsonb(o) ->> TG_ARGV[0])::bigint, 'delete',
      to_jsonb(o), NULL, why FROM old_rows o;
  END IF;
  RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0003_harden")]

    operations = [
        migrations.AddField("auditentry", "about_id", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            "auditentry",
            models.Index(
                fields=["tenant", "table_name", "about_id", "id"],
                name="audit_of_whole",
                condition=Q(about_id__isnull=False),
            ),
        ),
        migrations.RunSQL(WRITE, migrations.RunSQL.noop),
    ]
