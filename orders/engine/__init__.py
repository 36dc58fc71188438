"""What each verb does to an order, on plain values: no database, no clock.

A verb takes the state, changes it and returns the ledger events that tell the change. The ledger alone rebuilds the
state (`replay`), which is how both are proved.
"""
