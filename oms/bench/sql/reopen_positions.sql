-- What the day had closed is open again.
UPDATE metrics_backlogposition SET valid_to = NULL WHERE tenant_id = %(tenant)s AND valid_to >= %(day)s::date - 1
