"""The ledger of the domain's known answer, row by row as its rules work them out by hand."""

import datetime as dt

from tests.fixtures import NOW
from tests.metrics.conftest import Cast
from tests.metrics.writer import Slot, make_slot

FIRST, LAST = dt.date(2026, 11, 2), dt.date(2026, 11, 9)


def write_known_answer(cast: Cast, at: dt.datetime = NOW) -> Slot:
    """1,000 at 0.333333, split 400/600, +500, price to 0.30, cancel 200, ship and bill 700, end buyer A to B."""
    slot = make_slot(cast.sell_to, cast.a, cast.product)
    day = [FIRST + dt.timedelta(days=n) for n in range(8)]
    slot.write("booked", 1000, 333_33, day=day[0], at=at)
    slot.write("split", -600, -200_00, day=day[1], at=at)
    slot.write("split", 600, 200_00, day=day[1], at=at)
    slot.write("qty_increased", 500, 166_67, day=day[2], at=at)
    slot.write("price_changed", 0, -50_00, day=day[3], at=at)
    slot.write("cancelled", -200, -60_00, day=day[4], at=at)
    slot.write("shipped", -700, -210_00, day=day[5], at=at)
    slot.write("invoiced", 700, 210_00, day=day[6], at=at)
    slot.write("transferred", -600, -180_00, day=day[7], at=at)
    slot.write("transferred", 600, 180_00, day=day[7], at=at, end_buyer_id=cast.b.pk)
    return slot
