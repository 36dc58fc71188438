import datetime as dt
from decimal import Decimal

import pytest

from exchange.x12.elements import check_elements
from exchange.x12.findings import X12Error
from exchange.x12.order_acknowledgement import (
    Line855,
    LineStatus855,
    OrderAcknowledgement855,
    read_855,
    write_855,
)
from exchange.x12.parties import X12Party
from exchange.x12.references import Reference
from exchange.x12.tree import parse_loops
from exchange.x12.writer import Endpoint, Envelope, OutgoingGroup, write_interchange
from tests.exchange.x12.texts import one_set, read

OUT = Envelope(Endpoint("ZZ", "US"), Endpoint("01", "BUYER"), 12, dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC))

ACKNOWLEDGEMENT = OrderAcknowledgement855(
    purpose="00",
    type="AC",
    po_number="PO-77",
    po_date=dt.date(2026, 3, 1),
    order_number="SO-5",
    date=dt.date(2026, 3, 2),
    currency="EUR",
    references=(Reference("CT", "C-1", "frame"),),
    parties=(X12Party("ST", "Plant", "92", "P-9", city="Leeds", country="GB"),),
    lines=(
        Line855(
            "10", Decimal(1000), "EA", Decimal("0.333333"), (("BP", "C-100"), ("VP", "V-100")), "PE", "Relay",
            (
                LineStatus855("DR", Decimal(400), "EA", "068", dt.date(2026, 4, 1)),
                LineStatus855("IB", Decimal(600), "EA", "068", dt.date(2026, 5, 1)),
            ),
        ),
        Line855("20", Decimal(5), "EA", None, (("VP", "V-9"),), statuses=(LineStatus855("IR"),)),
    ),
    total=Decimal("333.33"),
)  # fmt: skip


def written() -> str:
    return write_interchange(OUT, [OutgoingGroup("PR", 4, (write_855(ACKNOWLEDGEMENT, "0001"),))])


def test_the_acknowledgement_to_the_letter():
    assert written().split("~\n")[3:-4] == [
        "BAK*00*AC*PO-77*20260301****SO-5*20260302",
        "CUR*SE*EUR",
        "REF*CT*C-1*frame",
        "N1*ST*Plant*92*P-9",
        "N4*Leeds***GB",
        "PO1*10*1000*EA*0.333333*PE*BP*C-100*VP*V-100",
        "PID*F****Relay",
        "ACK*DR*400*EA*068*20260401",
        "ACK*IB*600*EA*068*20260501",
        "PO1*20*5*EA***VP*V-9",
        "ACK*IR",
        "CTT*2",
        "AMT*TT*333.33",
    ]


def test_what_is_written_reads_back_the_same():
    transaction = read(written()).groups[0].sets[0]
    assert read_855(transaction) == ACKNOWLEDGEMENT
    assert parse_loops(transaction).findings == ()
    assert check_elements(transaction.segments) == ()


def test_only_an_855_is_one():
    with pytest.raises(X12Error):
        read_855(one_set("850", "BEG*00*NE*1**20260301"))
