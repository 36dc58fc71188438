"""ASC X12: bytes to typed values and back. Pure Python; nothing here knows the database.

`envelope.read_interchanges` splits a file, `tree.parse_loops` gives a transaction set its loops by the tables
in `sets/`, the readers (`purchase_order.read_850`, ...) return neutral dataclasses, the writers go the other
way.
"""
