"""The side navigation, area by area. Each app's pages are listed here, where all apps are known."""

from ui.navigation import Entry, Navigation

ENTRIES: tuple[Entry, ...] = (
    Entry("Insight", "Bookings, backlog", "metrics:bookings", "chart-bar", "reports.view"),
    Entry("Set-up", "Parties", "parties:party_list", "building-office-2", "master.view"),
    Entry("Set-up", "Locations", "parties:location_list", "map-pin", "master.view"),
    Entry("Set-up", "Parts", "catalog:product_list", "cpu-chip", "master.view"),
    Entry("Set-up", "Files in", "exchange:batch_list", "arrow-up-tray", "files.import"),
    Entry("Set-up", "Files in", "exchange:batch_list", "arrow-up-tray", "partner.files"),
    Entry("Office", "Jobs", "jobs:job_list", "clock", "jobs.view"),
    Entry("Office", "Members", "people:member_list", "users", "people.manage"),
    Entry("Office", "Audit trail", "people:audit_list", "document-magnifying-glass", "audit.view"),
)

NAVIGATION = Navigation(ENTRIES)
