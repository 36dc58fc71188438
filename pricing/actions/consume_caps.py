from collections.abc import Mapping

from pricing.agreements.caps import run_guarded


def consume_caps(*, wanted: Mapping[int, int]) -> dict[int, int]:
    """Use up quantities that were not reserved: what remains is taken, and the answer says how much each line got.

    The rest is for the caller to reject (code 04). Revisions of one line share what remains, served in key order.
    """
    granted = dict.fromkeys(wanted, 0)
    for lines, taken in run_guarded("consume_caps", wanted):
        remaining = taken
        for line in lines:
            granted[line] = min(wanted[line], remaining)
            remaining -= granted[line]
    return granted
