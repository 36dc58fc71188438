"""What each role may do. A right is `area.verb`; views declare one, menus and templates ask for it.

Cost and agreed prices are a right of their own, given to a person and not to a role.
"""

from tenancy.choices import Role

SEE_COST = "prices.cost"

_READ = frozenset({"orders.view", "master.view", "reports.view", "shipping.view", "jobs.view"})

RIGHTS: dict[Role, frozenset[str]] = {
    Role.SALES_OPS: _READ
    | {
        "orders.enter", "orders.change", "orders.release", "holds.release", "master.edit", "prices.edit",
        "files.import", "exceptions.clear", "channel.view", "channel.certify", "documents.send",
    },
    Role.MANAGER: _READ
    | {
        "orders.change", "holds.release", "prices.approve", "credit.release", "audit.view", "views.share",
        "reports.send", "channel.view", "channel.certify", "claims.decide", "documents.send",
    },
    Role.FINANCE: _READ
    | {"invoices.issue", "credit.release", "prices.approve", "audit.view", "files.import", "reports.send"}
    | {"channel.view", "claims.decide", "claims.settle", "documents.send"},
    Role.ADMIN: _READ
    | {
        "orders.enter", "orders.change", "orders.release", "holds.release", "master.edit", "prices.edit",
        "prices.approve", "credit.release", "files.import", "exceptions.clear", "invoices.issue", "people.manage",
        "tenant.edit", "audit.view", "views.share", "reports.send", "channel.view", "channel.certify",
        "claims.decide", "claims.settle", "documents.send",
    },
    Role.DOCK: frozenset({"dock.view", "dock.answer"}),
    Role.PARTNER: frozenset({"partner.orders", "partner.files"}),
}  # fmt: skip

ALL_RIGHTS = frozenset().union(*RIGHTS.values()) | {SEE_COST}
