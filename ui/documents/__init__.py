"""Documents: a frozen context, its template and `render`. Whoever owns the facts fills the context."""
