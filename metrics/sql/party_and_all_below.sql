-- A party, its branches down the tree unless it stands alone, and whatever was merged into any of them: the ids its
-- ledger rows carry.
WITH RECURSIVE group_of AS (
    SELECT p.id FROM parties_party p WHERE p.tenant_id = %(tenant)s AND p.id = %(party)s
    UNION
    SELECT p.id
    FROM group_of g
    JOIN parties_party p
        ON p.tenant_id = %(tenant)s AND ((p.parent_id = g.id AND NOT %(is_alone)s) OR p.merged_into_id = g.id)
)
SELECT id FROM group_of
