"""Everything that turns a bare checkout into a running system. Knows nothing of the business."""
