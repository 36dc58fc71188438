-- What taking the rows of a report does, by currency. Leans on import_row_by_state.
SELECT upper(stored."values" ->> 'currency') AS currency,
       count(*) FILTER (WHERE stored.change = 'create' AND (stored."values" ->> 'quantity')::bigint > 0) AS sales,
       count(*) FILTER (WHERE stored.change = 'create' AND (stored."values" ->> 'quantity')::bigint < 0) AS returned,
       count(*) FILTER (WHERE stored.change = 'update') AS corrections,
       count(*) FILTER (WHERE stored."values" ? 'end_buyer_id') AS certified,
       count(*) FILTER (WHERE NOT stored."values" ? 'end_buyer_id') AS uncertified,
       count(*) FILTER (WHERE stored."values" ? 'agreement_line_id') AS claims,
       sum((stored."values" ->> 'quantity')::bigint * (stored."values" ->> 'resale_price')::numeric) AS resale
FROM exchange_importrow AS stored
WHERE stored.tenant_id = %(tenant_id)s AND stored.batch_id = %(batch_id)s
  AND stored.state IN ('good', 'warning', 'taken') AND stored.change IN ('create', 'update')
GROUP BY 1
ORDER BY 1
