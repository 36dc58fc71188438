"""Search by the owner's functions: under row-level security LIKE reads all the tenant's rows before it compares one.

Each function answers with ids, the best first. The tenant, and for outsiders the party, come from the settings alone.
What a pattern leaves is cut off before it is sorted, so that a text which everything contains costs little. The plan
is made for the very text: for a prefix it is the range of a B-tree, for a text within it is a trigram index.
"""

from django.db import migrations

TENANT = "(SELECT NULLIF(current_setting('oms.tenant_id', true), '')::bigint)"
PARTY = "(SELECT NULLIF(current_setting('oms.party_id', true), '')::bigint)"
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
    WHERE tenant_id = {TENANT} AND ({PARTY} IS NULL OR sell_to_id = {PARTY})
      AND number = ANY (ARRAY(SELECT 'SO-' || y || '-' || wanted FROM generate_series(20, 39) AS y) || upper(wanted))
    UNION ALL
    (SELECT id, CASE WHEN customer_po_key = {PO_KEY} THEN 0 ELSE 1 END FROM orders_order
    WHERE tenant_id = {TENANT} AND ({PARTY} IS NULL OR sell_to_id = {PARTY})
      AND customer_po_key LIKE {within(PO_KEY)} LIMIT {CUT})
) f GROUP BY f.id ORDER BY min(f.rank), f.id DESC LIMIT most
"""

PARTIES = f"""
SELECT f.id FROM (
    (SELECT id, CASE WHEN code = upper(wanted) THEN 0 ELSE 1 END AS rank FROM parties_party
    WHERE tenant_id = {TENANT} AND {PARTY} IS NULL AND merged_into_id IS NULL
      AND code LIKE {prefix("upper(wanted)")} LIMIT {CUT})
    UNION ALL
    (SELECT id, CASE WHEN starts_with(normalised_name, plain) THEN 1 ELSE 2 END FROM parties_party
    WHERE tenant_id = {TENANT} AND {PARTY} IS NULL AND merged_into_id IS NULL AND plain <> ''
      AND normalised_name LIKE {within("plain")} LIMIT {CUT})
    UNION ALL
    (SELECT coalesce(p.merged_into_id, p.id), 3 FROM parties_partyalias a
    JOIN parties_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
    WHERE a.tenant_id = {TENANT} AND {PARTY} IS NULL AND plain <> ''
      AND a.normalised LIKE {prefix("plain")} LIMIT {CUT})
) f GROUP BY f.id ORDER BY min(f.rank), f.id LIMIT most
"""

PRODUCTS = f"""
SELECT f.id FROM (
    (SELECT id, CASE WHEN starts_with(sku, upper(wanted)) THEN 0 ELSE 1 END AS rank FROM catalog_product
    WHERE tenant_id = {TENANT} AND {PARTY} IS NULL AND sku ILIKE {within("wanted")} LIMIT {CUT})
    UNION ALL
    (SELECT product_id, 2 FROM catalog_partnumber
    WHERE tenant_id = {TENANT} AND {PARTY} IS NULL AND number ILIKE {within("wanted")} LIMIT {CUT})
    UNION ALL
    (SELECT id, 3 FROM catalog_product
    WHERE tenant_id = {TENANT} AND {PARTY} IS NULL AND description ILIKE {within("wanted")} LIMIT {CUT})
) f GROUP BY f.id ORDER BY min(f.rank), f.id LIMIT most
"""

AGREEMENTS = f"""
SELECT f.id FROM (
    SELECT id FROM pricing_agreement
    WHERE tenant_id = {TENANT} AND {PARTY} IS NULL
      AND (number LIKE {prefix("wanted")} OR number LIKE {prefix("upper(wanted)")} OR number = 'SPA-' || wanted)
    LIMIT {CUT}
) f ORDER BY f.id DESC LIMIT most
"""

SHIP_REQUESTS = f"""
SELECT f.id FROM (
    SELECT id FROM fulfilment_shiprequest
    WHERE tenant_id = {TENANT} AND ({PARTY} IS NULL OR site_party_id = {PARTY}) AND status <> 'superseded'
      AND (number LIKE {prefix("upper(wanted)")} OR number = 'SR-' || wanted)
    LIMIT {CUT}
) f ORDER BY f.id DESC LIMIT most
"""

SHIPMENTS = f"""
SELECT f.id FROM (
    (SELECT id FROM fulfilment_shipment
    WHERE tenant_id = {TENANT} AND {PARTY} IS NULL
      AND (number LIKE {prefix("upper(wanted)")} OR number = 'SH-' || wanted)
    LIMIT {CUT})
    UNION
    (SELECT id FROM fulfilment_shipment
    WHERE tenant_id = {TENANT} AND {PARTY} IS NULL AND tracking <> ''
      AND (tracking LIKE {prefix("wanted")} OR tracking LIKE {prefix("upper(wanted)")})
    LIMIT {CUT})
) f ORDER BY f.id DESC LIMIT most
"""

INVOICES = f"""
SELECT f.id FROM (
    SELECT id FROM orders_invoice
    WHERE tenant_id = {TENANT} AND {PARTY} IS NULL AND kind IN ('invoice', 'credit_memo')
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


def function(name: str, body: str) -> migrations.RunSQL:
    """`wanted` is the text as typed, `plain` the same as names are compared."""
    head = (
        f"CREATE FUNCTION {name}(wanted text, plain text, most integer) RETURNS SETOF bigint LANGUAGE sql STABLE "
        "PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan"
    )
    signature = f"{name}(text, text, integer)"
    return migrations.RunSQL(
        [
            f"{head} AS $$ {body} $$",
            f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {signature} TO oms_app",
        ],
        f"DROP FUNCTION {signature}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("metrics", "0004_keys_without_id"),
        ("catalog", "0005_search_text"),
        ("fulfilment", "0005_search_text"),
        ("orders", "0013_search_text"),
        ("parties", "0005_search_text"),
        ("pricing", "0005_lookup_only_by_btree"),
    ]

    operations = [function(name, body) for name, body in FUNCTIONS.items()]
