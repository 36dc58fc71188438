DELETE FROM metrics_dailyflow WHERE tenant_id = %(tenant)s AND day >= %(day)s
