"""`local` for a checkout, `production` behind a proxy, `test` for pytest."""
