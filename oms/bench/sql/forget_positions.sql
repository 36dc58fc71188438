DELETE FROM metrics_backlogposition WHERE tenant_id = %(tenant)s AND valid_from >= %(day)s
