INSERT INTO orders_invoice (
    id, tenant_id, kind, credit_kind, number, order_id, sell_to_id, bill_to_id, currency, invoice_date, due_date, rate,
    total, paid_at, reason, issued_at
)
SELECT invoice_id, %(tenant_id)s, 'invoice', '', 'INV-' || 1000000 + number, order_id, sell_to_id, sell_to_id, currency,
       ship_date, ship_date + 45, rate, total,
       CASE WHEN ship_date + 50 < %(today)s::date THEN ship_date + 44 + time '12:00' END, '', ship_date + time '18:00'
FROM demo_invoice
