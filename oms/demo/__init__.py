"""The demo's world: believable, the same for the same seed. Small goes through the real actions, large is set-based."""
