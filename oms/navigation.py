"""The side navigation, area by area. Each app's pages are listed here, where all apps are known."""

from ui.navigation import Entry, Navigation

ENTRIES: tuple[Entry, ...] = (Entry("Insight", "Bookings, backlog", "metrics:bookings", "chart-bar", "reports.view"),)

NAVIGATION = Navigation(ENTRIES)
