-- Where goods leave and arrive, for the business calendars; and the widest windows that customers accept.
SELECT
    (SELECT coalesce(array_agg(DISTINCT country), '{}') FROM parties_location WHERE tenant_id = %(tenant)s) AS countries,
    greatest(max(early_days), max(late_days), 0) AS widest
FROM parties_party
WHERE tenant_id = %(tenant)s
