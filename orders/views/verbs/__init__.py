"""One page a verb: a short form, prefilled, that says what changes and why."""
