"""End buyers whose name or alias is like a text, for many texts at once.

A function of the owner, because no trigram index serves a query under row-level security; see
docs/decisions/search-by-functions.md. It reads the tenant once, answers insiders alone, and with ids and scores only.
"""

import django.contrib.postgres.indexes
from django.db import migrations

SIGNATURE = "oms_like_end_buyers(bigint[], text[], integer)"
FUNCTION = """
CREATE FUNCTION oms_like_end_buyers(keys bigint[], texts text[], most integer)
RETURNS TABLE (key bigint, party_id bigint, score real)
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp
SET plan_cache_mode = force_custom_plan SET enable_seqscan = off
AS $$
DECLARE
    my_tenant CONSTANT bigint := NULLIF(current_setting('oms.tenant_id', true), '');
BEGIN
    IF NULLIF(current_setting('oms.party_id', true), '') IS NOT NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT asked.key, likest.party_id, likest.score
    FROM unnest(keys, texts) AS asked (key, text),
    LATERAL (
        SELECT alike.party_id, max(alike.score) AS score
        FROM (
            SELECT coalesce(p.merged_into_id, p.id) AS party_id, similarity(p.normalised_name, asked.text) AS score
            FROM parties_party AS p
            WHERE p.normalised_name % asked.text AND p.tenant_id = my_tenant
            UNION ALL
            SELECT coalesce(p.merged_into_id, p.id), similarity(a.normalised, asked.text)
            FROM parties_partyalias AS a
            JOIN parties_party AS p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
            WHERE a.normalised % asked.text AND a.tenant_id = my_tenant
        ) AS alike
        WHERE EXISTS (SELECT FROM parties_partyrolefact AS f
                      WHERE f.tenant_id = my_tenant AND f.party_id = alike.party_id AND f.role = 'end_buyer')
        GROUP BY alike.party_id
        ORDER BY max(alike.score) DESC, alike.party_id
        LIMIT most
    ) AS likest;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("parties", "0005_search_text")]

    operations = [
        migrations.AddIndex(
            model_name="partyalias",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("normalised", "gin_trgm_ops"), name="alias_text"
            ),
        ),
        migrations.RunSQL(
            [
                FUNCTION,
                f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO oms_app",
            ],
            f"DROP FUNCTION {SIGNATURE}",
        ),
    ]
