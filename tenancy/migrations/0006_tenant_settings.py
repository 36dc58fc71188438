"""The settings of a tenant have a history. Their row is the tenant itself, which the general function cannot tell."""

from django.db import migrations, models

AUDIT_TENANT = """
CREATE FUNCTION oms_audit_tenant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.tenancy_auditentry (tenant_id, at, member_id, table_name, row_id, action, before, after, reason)
  SELECT n.id, clock_timestamp(), NULLIF(current_setting('oms.member_id', true), '')::bigint, TG_TABLE_NAME, n.id,
    'update', to_jsonb(o), to_jsonb(n), NULLIF(current_setting('oms.reason', true), '')
  FROM new_rows n JOIN old_rows o USING (id) WHERE to_jsonb(n) <> to_jsonb(o);
  RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0005_outsiders_read"),
    ]

    operations = [
        migrations.AlterField(
            model_name="tenant",
            name="fiscal_end_weekday",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "Monday"),
                    (1, "Tuesday"),
                    (2, "Wednesday"),
                    (3, "Thursday"),
                    (4, "Friday"),
                    (5, "Saturday"),
                    (6, "Sunday"),
                ],
                default=5,
                help_text="Last day of a fiscal week",
            ),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="fiscal_start_month",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "January"),
                    (2, "February"),
                    (3, "March"),
                    (4, "April"),
                    (5, "May"),
                    (6, "June"),
                    (7, "July"),
                    (8, "August"),
                    (9, "September"),
                    (10, "October"),
                    (11, "November"),
                    (12, "December"),
                ],
                default=1,
            ),
        ),
        migrations.AddConstraint(
            model_name="tenant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fiscal_end_weekday__lte", 6), ("fiscal_start_month__range", (1, 12)), ("nightly_hour__lte", 23)
                ),
                name="tenant_clock_and_calendar_exist",
            ),
        ),
        migrations.RunSQL(
            [
                AUDIT_TENANT,
                "REVOKE ALL ON FUNCTION oms_audit_tenant() FROM PUBLIC",
                "CREATE TRIGGER audit_update AFTER UPDATE ON tenancy_tenant REFERENCING OLD TABLE AS old_rows "
                "NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION oms_audit_tenant()",
            ],
            ["DROP TRIGGER audit_update ON tenancy_tenant", "DROP FUNCTION oms_audit_tenant()"],
        ),
    ]
