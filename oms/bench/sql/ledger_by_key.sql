-- The plainest sums at the grain of the flows: as many groups, and nothing kept apart by kind, carried on or stored.
SELECT count(*), sum(quantity), sum(value), sum(reporting)
FROM (
    SELECT
        l.business_date, l.sell_to_id, l.end_buyer_id, l.product_id, l.currency,
        sum(l.quantity_delta) AS quantity, sum(l.value_delta) AS value, sum(l.reporting_delta) AS reporting
    FROM orders_orderledger l
    WHERE l.tenant_id = %(tenant)s AND l.verb = ANY(%(verbs)s)
    GROUP BY l.business_date, l.sell_to_id, l.end_buyer_id, l.product_id, l.currency
) AS grouped
