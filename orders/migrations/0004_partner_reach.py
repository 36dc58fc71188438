"""What a partner reaches through its orders, asked by functions instead of sub-selects in the policies.

A policy's sub-select is written into every statement on its table and planned with it, for insiders too, who never
need it: on parties, places and products it held one on order lines, which held one on orders, and planning a lookup
took ten times as long as running it. A function is opaque to the planner and is only called for outsiders.
"""

from django.db import migrations, models
from django.db.models import Q

from tenancy.operations import INSIDER, PARTY

TENANT = "NULLIF(current_setting('oms.tenant_id', true), '')::bigint"
OWN_PARTY = "NULLIF(current_setting('oms.party_id', true), '')::bigint"

OWN_ORDER = f"""
CREATE FUNCTION oms_is_own_order(wanted bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER COST 1
PARALLEL SAFE SET search_path = public, pg_temp AS $$
SELECT EXISTS (SELECT FROM orders_order o WHERE o.tenant_id = {TENANT} AND o.id = wanted AND o.sell_to_id = {OWN_PARTY})
$$
"""


def named_by_own_line(name: str, column: str) -> str:
    return f"""
CREATE FUNCTION {name}(wanted bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER COST 1
PARALLEL SAFE SET search_path = public, pg_temp AS $$
SELECT EXISTS (
    SELECT FROM orders_orderline l JOIN orders_order o ON o.tenant_id = l.tenant_id AND o.id = l.order_id
    WHERE l.tenant_id = {TENANT} AND l.{column} = wanted AND o.sell_to_id = {OWN_PARTY}
)
$$
"""


def closed(sql: str, name: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        [
            sql,
            f"REVOKE ALL ON FUNCTION {name}(bigint) FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {name}(bigint) TO oms_app",
        ],
        f"DROP FUNCTION {name}(bigint)",
    )


def own_order_rows(table: str) -> migrations.RunSQL:
    new = f"{INSIDER} OR oms_is_own_order(order_id)"
    old = (
        f"{INSIDER} OR (EXISTS (SELECT FROM orders_order o WHERE o.tenant_id = {table}.tenant_id "
        f"AND o.id = {table}.order_id AND o.sell_to_id = {PARTY}))"
    )
    return migrations.RunSQL(
        f"ALTER POLICY outsider_only ON {table} USING ({new}) WITH CHECK ({new})",
        f"ALTER POLICY outsider_only ON {table} USING ({old}) WITH CHECK ({old})",
    )


NAMED = (
    ("parties_party", "end_buyer_id", f"id = {PARTY}", "oms_is_named_as_end_buyer"),
    ("parties_location", "ship_to_id", f"party_id = {PARTY}", "oms_is_named_as_ship_to"),
    ("catalog_product", "product_id", "false", "oms_is_ordered_by_us"),
)


def named_rows(table: str, column: str, own: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER POLICY outsider_only ON {table} USING ({INSIDER} OR {own} OR {function}(id))",
        f"ALTER POLICY outsider_only ON {table} USING ({INSIDER} OR {own} OR EXISTS (SELECT FROM orders_orderline l "
        f"JOIN orders_order o ON o.tenant_id = l.tenant_id AND o.id = l.order_id "
        f"WHERE l.tenant_id = {table}.tenant_id AND l.{column} = {table}.id AND o.sell_to_id = {PARTY}))",
    )


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_line_version")]

    operations = [
        closed(OWN_ORDER, "oms_is_own_order"),
        *[closed(named_by_own_line(function, column), function) for _table, column, _own, function in NAMED],
        *[own_order_rows(table) for table in ("orders_orderline", "orders_schedule")],
        *[named_rows(*each) for each in NAMED],
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=Q(("status__in", ["entered", "held", "booked", "part_shipped"])),
                fields=["tenant", "-id"],
                name="order_open",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=Q(("has_uncommitted", True)), fields=["tenant", "-id"], name="order_uncommitted"
            ),
        ),
    ]
