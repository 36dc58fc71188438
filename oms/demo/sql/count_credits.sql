UPDATE tenancy_counter
SET next_number = next_number + (SELECT count(*) FROM demo_credit)
WHERE tenant_id = %(tenant_id)s AND kind = 'claim_credit'
