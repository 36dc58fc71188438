"""The search functions in plpgsql: tenant and party are read once, into variables, and the plan is made for them.

As sub-selects in the query they were unknown to the planner, which took half of all orders for the tenant's and read
them all from an index; it also planned the part for outsiders each time. One function asks those of the kinds wanted:
a statement with all seven was planned anew each time.
"""

from django.db import migrations

CUT = 1000


def literal(text: str) -> str:
    """As a LIKE pattern that means the text itself."""
    return rf"replace(replace(replace({text}, '\', '\\'), '%', '\%'), '_', '\_')"


def prefix(text: str) -> str:
    return f"{literal(text)} || '%'"


def within(text: str) -> str:
    """Anywhere, but at the start alone for one or two letters: those no trigram index knows."""
    return f"CASE WHEN length({text}) < 3 THEN '' ELSE '%' END || {literal(text)} || '%'"


# like po_key of orders.entry
PO_KEY = r"upper(regexp_replace(wanted, '\s', '', 'g'))"

ORDERS = f"""
SELECT f.id FROM (
    SELECT id, 0 AS rank FROM orders_order
    WHERE tenant_id = my_tenant AND (my_party IS NULL OR sell_to_id = my_party)
      AND number = ANY (ARRAY(SELECT 'SO-' || y || '-' || wanted FROM generate_series(20, 39) AS y) || upper(wanted))
    UNION ALL
    (SELECT id, CASE WHEN customer_po_key = {PO_KEY} THEN 0 ELSE 1 END FROM orders_order
    WHERE tenant_id = my_tenant AND (my_party IS NULL OR sell_to_id = my_party)
      AND customer_po_key LIKE {within(PO_KEY)} LIMIT {CUT})
) f GROUP BY f.id ORDER BY min(f.rank), f.id DESC LIMIT most
"""

PARTIES = f"""
SELECT f.id FROM (
    (SELECT id, CASE WHEN code = upper(wanted) THEN 0 ELSE 1 END AS rank FROM parties_party
    WHERE tenant_id = my_tenant AND my_party IS NULL AND merged_into_id IS NULL
      AND code LIKE {prefix("upper(wanted)")} LIMIT {CUT})
    UNION ALL
    (SELECT id, CASE WHEN starts_with(normalised_name, plain) THEN 1 ELSE 2 END FROM parties_party
    WHERE tenant_id = my_tenant AND my_party IS NULL AND merged_into_id IS NULL AND plain <> ''
      AND normalised_name LIKE {within("plain")} LIMIT {CUT})
    UNION ALL
    (SELECT coalesce(p.merged_into_id, p.id), 3 FROM parties_partyalias a
    JOIN parties_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
    WHERE a.tenant_id = my_tenant AND my_party IS NULL AND plain <> ''
      AND a.normalised LIKE {prefix("plain")} LIMIT {CUT})
) f GROUP BY f.id ORDER BY min(f.rank), f.id LIMIT most
"""

PRODUCTS = f"""
SELECT f.id FROM (
    (SELECT id, CASE WHEN starts_with(sku, upper(wanted)) THEN 0 ELSE 1 END AS rank FROM catalog_product
    WHERE tenant_id = my_tenant AND my_party IS NULL AND sku ILIKE {within("wanted")} LIMIT {CUT})
    UNION ALL
    (SELECT product_id, 2 FROM catalog_partnumber
    WHERE tenant_id = my_tenant AND my_party IS NULL AND number ILIKE {within("wanted")} LIMIT {CUT})
    UNION ALL
    (SELECT id, 3 FROM catalog_product
    WHERE tenant_id = my_tenant AND my_party IS NULL AND description ILIKE {within("wanted")} LIMIT {CUT})
) f GROUP BY f.id ORDER BY min(f.rank), f.id LIMIT most
"""

AGREEMENTS = f"""
SELECT f.id FROM (
    SELECT id FROM pricing_agreement
    WHERE tenant_id = my_tenant AND my_party IS NULL
      AND (number LIKE {prefix("wanted")} OR number LIKE {prefix("upper(wanted)")} OR number = 'SPA-' || wanted)
    LIMIT {CUT}
) f ORDER BY f.id DESC LIMIT most
"""

SHIP_REQUESTS = f"""
SELECT f.id FROM (
    SELECT id FROM fulfilment_shiprequest
    WHERE tenant_id = my_tenant AND (my_party IS NULL OR site_party_id = my_party) AND status <> 'superseded'
      AND (number LIKE {prefix("upper(wanted)")} OR number = 'SR-' || wanted)
    LIMIT {CUT}
) f ORDER BY f.id DESC LIMIT most
"""

SHIPMENTS = f"""
SELECT f.id FROM (
    (SELECT id FROM fulfilment_shipment
    WHERE tenant_id = my_tenant AND my_party IS NULL
      AND (number LIKE {prefix("upper(wanted)")} OR number = 'SH-' || wanted)
    LIMIT {CUT})
    UNION
    (SELECT id FROM fulfilment_shipment
    WHERE tenant_id = my_tenant AND my_party IS NULL AND tracking <> ''
      AND (tracking LIKE {prefix("wanted")} OR tracking LIKE {prefix("upper(wanted)")})
    LIMIT {CUT})
) f ORDER BY f.id DESC LIMIT most
"""

INVOICES = f"""
SELECT f.id FROM (
    SELECT id FROM orders_invoice
    WHERE tenant_id = my_tenant AND my_party IS NULL AND kind IN ('invoice', 'credit_memo')
      AND (number LIKE {prefix("wanted")} OR number LIKE {prefix("upper(wanted)")}
           OR number IN ('INV-' || wanted, 'CM-' || wanted))
    LIMIT {CUT}
) f ORDER BY f.id DESC LIMIT most
"""

FUNCTIONS = {
    "oms_find_orders": ORDERS,
    "oms_find_parties": PARTIES,
    "oms_find_products": PRODUCTS,
    "oms_find_agreements": AGREEMENTS,
    "oms_find_ship_requests": SHIP_REQUESTS,
    "oms_find_shipments": SHIPMENTS,
    "oms_find_invoices": INVOICES,
}


DECLARED = """
DECLARE
    my_tenant CONSTANT bigint := NULLIF(current_setting('oms.tenant_id', true), '');
    my_party CONSTANT bigint := NULLIF(current_setting('oms.party_id', true), '');
"""

KINDS = {
    "order": "oms_find_orders",
    "party": "oms_find_parties",
    "product": "oms_find_products",
    "agreement": "oms_find_agreements",
    "ship_request": "oms_find_ship_requests",
    "shipment": "oms_find_shipments",
    "invoice": "oms_find_invoices",
}

ASKED = "".join(
    f"""
    IF '{kind}' = ANY (kinds) THEN
        RETURN QUERY SELECT '{kind}', f.place, f.id FROM {name}(wanted, plain, most) WITH ORDINALITY AS f (id, place);
    END IF;"""
    for kind, name in KINDS.items()
)


def function(name: str, body: str) -> migrations.RunSQL:
    """Replaces the one of migration 0005, which answers the same; so going back leaves it."""
    return migrations.RunSQL(
        f"CREATE OR REPLACE FUNCTION {name}(wanted text, plain text, most integer) RETURNS SETOF bigint "
        "LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp "
        f"SET plan_cache_mode = force_custom_plan AS $$ {DECLARED} BEGIN RETURN QUERY {body}; END $$",
        migrations.RunSQL.noop,
    )


SIGNATURE = "oms_search(text, text, integer, text[])"
SEARCH = migrations.RunSQL(
    [
        "CREATE FUNCTION oms_search(wanted text, plain text, most integer, kinds text[]) "
        "RETURNS TABLE (kind text, place bigint, id bigint) LANGUAGE plpgsql STABLE "
        f"SET search_path = public, pg_temp AS $$ BEGIN {ASKED} END $$",
        f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO oms_app",
    ],
    f"DROP FUNCTION {SIGNATURE}",
)


class Migration(migrations.Migration):
    dependencies = [("metrics", "0008_statistics")]

    operations = [*(function(name, body) for name, body in FUNCTIONS.items()), SEARCH]
