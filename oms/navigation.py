"""The side navigation, area by area. Each app's pages are listed here, where all apps are known."""

from ui.navigation import Entry, Navigation

ENTRIES: tuple[Entry, ...] = (
    Entry("Orders", "Orders", "orders:order_list", "queue-list", "orders.view"),
    Entry("Orders", "Your orders", "orders:order_list", "queue-list", "partner.orders"),
    Entry("Orders", "Enter order", "orders:order_enter", "pencil-square", "orders.enter"),
    Entry("Orders", "Drafts", "orders:draft_list", "document-text", "orders.enter", "drafts"),
    Entry("Orders", "Worklists", "orders:work_uncommitted", "inbox-stack", "orders.view", "uncommitted"),
    Entry("Orders", "Commits", "orders:schedule_list", "calendar-days", "orders.view"),
    Entry("Orders", "Holds", "orders:hold_list", "hand-raised", "orders.view", "holds"),
    Entry("Orders", "Documents sent", "orders:mail_list", "envelope", "orders.view"),
    Entry("Dock", "To ship", "fulfilment:dock_queue", "truck", "dock.view"),
    Entry(
        "Dock", "Ship requests", "fulfilment:ship_request_list", "clipboard-document-list", "shipping.view", "requests"
    ),
    Entry("Dock", "Shipments", "fulfilment:shipment_list", "truck", "shipping.view"),
    Entry("Dock", "Exceptions", "fulfilment:exception_list", "exclamation-triangle", "shipping.view", "exceptions"),
    Entry("After the sale", "Reports in", "channel_inventory:report_list", "arrow-up-tray", "files.import"),
    Entry("After the sale", "Reports in", "channel_inventory:report_list", "arrow-up-tray", "partner.files"),
    Entry("After the sale", "POS lines", "channel_inventory:pos_list", "queue-list", "channel.view"),
    Entry("After the sale", "Certification", "channel_inventory:text_list", "check-badge", "channel.view"),
    Entry("After the sale", "Channel stock", "channel_inventory:stock_list", "archive-box", "channel.view"),
    Entry("After the sale", "Claims", "channel_inventory:claim_list", "receipt-percent", "channel.view"),
    Entry("After the sale", "Your claims", "channel_inventory:claim_list", "receipt-percent", "partner.files"),
    Entry("After the sale", "Credit memos", "channel_inventory:credit_list", "receipt-refund", "channel.view"),
    Entry("After the sale", "Credit memos", "channel_inventory:credit_list", "receipt-refund", "partner.files"),
    Entry("After the sale", "Liability", "metrics:liability", "scale", "channel.view"),
    Entry("Insight", "Bookings, backlog", "metrics:bookings", "chart-bar", "reports.view"),
    Entry("Insight", "Delivery", "metrics:delivery", "clock", "reports.view"),
    Entry("Insight", "Reports by e-mail", "metrics:subscription_list", "envelope", "reports.send"),
    Entry("Set-up", "Parties", "parties:party_list", "building-office-2", "master.view"),
    Entry("Set-up", "Locations", "parties:location_list", "map-pin", "master.view"),
    Entry("Set-up", "Parts", "catalog:product_list", "cpu-chip", "master.view"),
    Entry("Set-up", "Price lists", "pricing:price_list_list", "currency-dollar", "master.view"),
    Entry("Set-up", "Agreements", "pricing:agreement_list", "document-check", "master.view"),
    Entry("Set-up", "Exchange rates", "pricing:rate_list", "arrows-right-left", "master.view"),
    Entry("Set-up", "Shipping terms", "shipping:terms_list", "document-text", "master.view"),
    Entry("Set-up", "Shipping rules", "shipping:rule_list", "map", "master.view"),
    Entry("Set-up", "Freight accounts", "shipping:account_list", "credit-card", "master.view"),
    Entry("Set-up", "Carriers", "shipping:carrier_list", "paper-airplane", "master.view"),
    Entry("Set-up", "Partner terms", "channel_inventory:partner_terms_list", "adjustments-horizontal", "master.view"),
    Entry("Set-up", "Files in", "exchange:batch_list", "arrow-up-tray", "files.import"),
    Entry("Set-up", "Files in", "exchange:batch_list", "arrow-up-tray", "partner.files"),
    Entry("Office", "Jobs", "jobs:job_list", "clock", "jobs.view"),
    Entry("Office", "Settings", "people:tenant_settings", "cog-6-tooth", "tenant.edit"),
    Entry("Office", "Members", "people:member_list", "users", "people.manage"),
    Entry("Office", "Audit trail", "people:audit_list", "document-magnifying-glass", "audit.view"),
)

NAVIGATION = Navigation(
    ENTRIES,
    find=Entry("", "Order, PO, part, party, tracking number", "metrics:search", "magnifying-glass"),
    new=Entry("", "New order", "orders:order_enter", "plus", "orders.enter"),
    finds_while_typing=True,
    waiting=Entry("", "What waits", "metrics:waiting", "clock"),
)
