"""Which function does which kind of job. Jobs stand below the floors that do the work, so the top names them.

A handler takes a `jobs.handle.JobHandle` and returns the result as JSON: `{"file_id": 7}` or `{"url": "/…"}` become
a link on the job's page, `{"summary": "…"}` its one line.
"""

HANDLERS: dict[str, str] = {
    "import_accept": "exchange.handlers.accept",
    "import_check": "exchange.handlers.check",
    "ship_request_packet": "fulfilment.documents.render_packet",
    "ship_request_for_mail": "fulfilment.documents.packet_for_mail",
    "order_acknowledgement": "orders.handlers.acknowledge",
    "claim_credit": "channel_inventory.handlers.print_claim_credit",
    "foresee_claims": "channel_inventory.handlers.foresee",
    "date_changes": "orders.handlers.date_changes",
    "document_for_mail": "orders.handlers.document_for_mail",
    "document_mail": "orders.handlers.document_mail",
    "invoice_document": "orders.handlers.print_invoice",
    "nightly": "metrics.handlers.nightly",
    "report": "metrics.handlers.report",
    "report_delivery": "metrics.handlers.report_delivery",
    "report_mail": "metrics.handlers.report_mail",
}
