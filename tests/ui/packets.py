"""Invented documents for the tests, and a reader for what became of them."""

import datetime as dt
import io
from decimal import Decimal
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from ui.documents.bookings_billings_backlog import CurrencySection, Driver, Due, Period, Report, Slice, Totals
from ui.documents.letterhead import Letterhead
from ui.documents.ship_request import Address, Delivery, Duty, Freight, PackLine, Revision, ShipRequestPacket

SENDER = Letterhead(
    "Aurora Semiconductor", ("1200 Harbor Way", "Fremont CA 94538", "United States"), "Tax number 94-0000000"
)

PACKET = ShipRequestPacket(
    sender=SENDER,
    number="SR-104417",
    revision=Revision(2, dt.date(2026, 11, 20), ("carrier account", "line 3 added")),
    site_code="PEN",
    site_name="Outsourced centre Penang",
    ship_by=dt.date(2026, 11, 30),
    earliest=dt.date(2026, 11, 25),
    deliver_to=Address(
        "Kaskade Spedition GmbH", ("Frachtstraße 9, Hall C", "51147 Köln"), "Germany", "DE", "Frau Łukasik, 1234"
    ),
    final_receiver=Address(
        "Redmere Contract Manufacturing Ltd", ("18 Foundry Way, dock 2", "Stevenage SG1 2QX"), "United Kingdom", "GB"
    ),
    freight=Freight(
        "third_party", "Orbiform Satellites Ltd", "GB", "SG1 2EF", "Transvia Express", "Economy Air 3–5", "7N-448-2201"
    ),
    duty=Duty("Redmere CM Ltd", "GB-DUTY-0042", "importer of record"),
    incoterm="FCA",
    named_place="Penang",
    delivery=Delivery(
        partials_allowed=False,
        ship_complete=True,
        early_days=3,
        late_days=0,
        labels=("GS1 label on each carton, long side, 10 cm from the edge.",),
        enclose=("Packing list, 2 ×", "Certificate of conformity", "Certificate of origin (MY)"),
        packing=("Line 3 in sealed moisture bag, level 3; note the seal date.",),
        instructions=("Mark “ORBIFORM PROJECT LYNX” on each carton.", "Tell us lots and tracking the same day."),
    ),
    lines=(
        PackLine(
            "1", "AUR-3421-QFN32-R", "Buck converter 3 A", 2_000, "pieces", "SO-26-104412", "8100-44719", "OS-88214",
            "Orbiform",
        ),
        PackLine("2", "AUR-2208-DFN8-R", "Gate driver", 3_000, "pieces", "SO-26-104412", "8100-44719", "", "Quillon"),
        PackLine("3", "AUR-1180-SOT23-R", "Level shifter", 2_500, "pieces", "SO-26-104413", "8100-44720"),
    ),
    fingerprint="7029ff3dedbe391e" + "0" * 48,
    produced_at=dt.datetime(2026, 11, 24, 8, 5, tzinfo=ZoneInfo("America/Los_Angeles")),
    onward="Kaskade sends on by road under T1 transit within 2 working days, reference LYNX.",
    reason="rule EMEA-HEAVY version 3: above 30 kg, end buyer Orbiform",
    weight="13.05 kg net",
)  # fmt: skip


def eur_section() -> CurrencySection:
    """October in EUR: 22,181,750.25 + 163,473.70 = 22,345,223.95, footing in every table."""
    nets = ["6.16", "5.82", "5.03", "6.42", "6.75", "7.41", "6.29", "6.55", "7.02", "5.96", "5.43", "6.82"]
    bills = ["6.19", "6.07", "5.75", "5.49", "5.87", "6.64", "6.26", "6.13", "6.70", "6.19", "5.36", "6.45"]
    ratios = ["0.99", "0.96", "0.88", "1.17", "1.15", "1.12", "1.00", "1.07", "1.05", "0.96", "1.01", "1.06"]
    thirds = [None, None, "0.94", "1.00", "1.06", "1.14", "1.09", "1.06", "1.04", "1.03", "1.01", "1.01"]
    months = ["Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"]
    years = {"Oct": "2025", "Jan": "2026"}
    past = tuple(
        Period(m, Decimal(n) * 10**6, Decimal(b) * 10**6, Decimal(r), t and Decimal(t), years.get(m, ""))
        for m, n, b, r, t in zip(months, nets, bills, ratios, thirds, strict=True)
    )
    now = Period("Oct", Decimal("6618878.60"), Decimal("6384653.12"), Decimal("1.04"), Decimal("1.04"), "2026")
    return CurrencySection(
        currency="EUR",
        places=2,
        totals=Totals(
            opening_backlog=Decimal("22181750.25"),
            gross_bookings=Decimal("7061864.28"),
            quantity_decreases=Decimal("157061.77"),
            cancels=Decimal("244032.29"),
            price_changes=Decimal("-41891.62"),
            net_bookings=Decimal("6618878.60"),
            shipped=Decimal("6455404.90"),
            transfers=Decimal(0),
            closing_backlog=Decimal("22345223.95"),
            billings=Decimal("6384653.12"),
            book_to_bill=Decimal("1.04"),
            shipped_not_billed=Decimal("1054872.55"),
            book_to_bill_3=Decimal("1.04"),
        ),
        trend=(*past, now),
        due=(
            Due("Late (commit before 1 Nov)", Decimal("1166729.98"), "late"),
            Due("November 2026", Decimal("5544744.70"), "month"),
            Due("December 2026", Decimal("4693539.61"), "month"),
            Due("Q1 2027", Decimal("6163318.86"), "quarter"),
            Due("Q2 2027", Decimal("2372580.36"), "quarter"),
            Due("Later", Decimal("1169410.76"), "later"),
            Due("Unscheduled (no commit)", Decimal("1234899.68"), "unscheduled"),
        ),
        drivers=(
            Driver("New lines", Decimal("6774621.46"), 18_204),
            Driver("Quantity up", Decimal("287242.82"), 1_162),
            Driver("Cancelled", Decimal("-244032.29"), 1_371),
            Driver("Quantity down", Decimal("-157061.77"), 904),
            Driver("Price changes", Decimal("-41891.62"), 388),
            Driver("Transfers", Decimal(0), 0),
            Driver("Shipped", Decimal("-6455404.90"), 19_853),
        ),
        slices=(
            Slice(
                "Kestrel & Vane", "Halvard Marine", "AUR-3421-QFN32-R", Decimal("3433255.28"), Decimal("3435810.36"),
                Decimal("14617625.72"), Decimal("14598927.85"), Decimal("1.00"),
            ),
            Slice(
                "Ostbrück Bauteile", "Łukomet Pomiary", "AUR-2208-DFN8-R", Decimal("769197.94"), Decimal(0),
                Decimal("2685245.06"), Decimal("2734330.45"), None,
            ),
        ),
        rest=Slice(
            "14 others", "", "", Decimal("2416425.38"), Decimal("2948842.76"), Decimal("4878879.47"),
            Decimal("5011965.65"), Decimal("0.82"),
        ),
        rest_count=14,
        ledger_rows=41_882,
    )  # fmt: skip


def empty_usd_section() -> CurrencySection:
    """A currency in which one sample order stands open and nothing moved."""
    nought = Decimal(0)
    totals = Totals(
        opening_backlog=nought, gross_bookings=nought, quantity_decreases=nought, cancels=nought, price_changes=nought,
        net_bookings=nought, shipped=nought, transfers=nought, closing_backlog=nought, billings=nought,
        book_to_bill=None,
    )  # fmt: skip
    trend = tuple(Period(label, nought, nought) for label in ("Aug", "Sep", "Oct"))
    return CurrencySection("USD", 2, totals, trend, (Due("Late", nought, "late"),), (), (), 0)


def report(*sections: CurrencySection) -> Report:
    return Report(
        sender=SENDER,
        period="October 2026",
        as_of=dt.date(2026, 10, 31),
        known_on=dt.date(2026, 11, 1),
        zone="America/Los_Angeles",
        produced_at=dt.datetime(2026, 11, 1, 2, 14, tzinfo=ZoneInfo("America/Los_Angeles")),
        sections=sections,
        produced_by="the nightly run 8837",
    )


class PageText(str):
    """Text of one PDF page. A PDF has no spaces, only gaps, so words are compared without any."""

    def __new__(cls, text: str) -> "PageText":
        return super().__new__(cls, "".join(text.split()))

    def __contains__(self, words: object) -> bool:
        return super().__contains__("".join(str(words).split()))


def read_pages(pdf: bytes) -> list[PageText]:
    return [PageText(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]
