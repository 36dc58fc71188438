"""Which actions move what the floors above the parties keep about one that is merged into another."""

FOLLOWERS: tuple[str, ...] = (
    "catalog.actions.follow_merge.follow_merge",
    "shipping.actions.follow_merge.follow_merge",
    "pricing.actions.follow_merge.follow_merge",
    "channel_inventory.actions.follow_merge.follow_merge",
)
