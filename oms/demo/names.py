"""Invented companies and parts. Past the lists, names are put together and numbered."""

SELL_TOS = (
    ("NGC-01", "Northgate Components", "US", "Austin", "TX", "78701", "USD"),
    ("HLE-01", "Harbour Line Electronics", "US", "Boston", "MA", "02110", "USD"),
    ("PAC-01", "Pacific Rim Devices", "US", "San Jose", "CA", "95110", "USD"),
    ("KED-01", "Kestrel Distribution GmbH", "DE", "München", "", "80331", "EUR"),
    ("TMS-01", "Tessellate Supply", "US", "Denver", "CO", "80202", "USD"),
    ("SLN-01", "Solenne Distribution", "FR", "Lyon", "", "69002", "EUR"),
)
# who at the first sell-tos is written to
CONTACTS = (
    ("Maya Ortiz", "Purchasing", "orders"),
    ("Jonas Weber", "Accounts payable", "payables"),
    ("Priya Nair", "Expediting", "expediting"),
)
END_BUYERS = (
    ("HALDEN", "Halden Rail Signalling", "GB", "Leeds", "LS1 4DY"),
    ("BRIGHTW", "Brightwater Meters", "US", "Tulsa", "74103"),
    ("ORLO", "Orlo Motor Drives", "CZ", "Brno", "602 00"),
    ("CORVID", "Corvid Robotics", "DE", "Stuttgart", "70173"),
    ("TARN", "Tarn Power Tools", "GB", "Stevenage", "SG1 2QX"),
    ("QUILLON", "Quillon Instruments", "US", "Madison", "53703"),
    ("VANTAGE", "Vantage Medical Systems", "IE", "Galway", "H91 A2B3"),
    ("LUMEN", "Lumen & Slate Lighting", "US", "Portland", "97204"),
    ("FENWICK", "Fenwick Avionics", "US", "Wichita", "67202"),
    ("SORREL", "Sorrel Audio", "JP", "Nagoya", "460-0008"),
    ("BASALT", "Basalt Automation", "DE", "Aachen", "52062"),
    ("MERIDIAN", "Meridian Grid Controls", "US", "Raleigh", "27601"),
)
FAMILIES = (
    ("PMIC", "Power management", 14),
    ("MCU", "Microcontrollers", 22),
    ("SENSE", "Sensors", 9),
    ("AFE", "Analogue front ends", 18),
    ("DRV", "Motor drivers", 26),
    ("RF", "Radio front ends", 11),
)
PACKAGES = (
    ("QFN32-R", 2500),
    ("SOT23-R", 3000),
    ("TSSOP20-R", 2500),
    ("BGA144", 240),
    ("LQFP64", 160),
    ("DFN8-R", 5000),
)
FIRST = (
    "Alder", "Beacon", "Cobalt", "Dorset", "Ember", "Falcon", "Granite", "Hollis", "Indigo", "Juniper", "Kelvin",
    "Larch", "Mistral", "Norden", "Osprey", "Pinnacle", "Quarry", "Ridge", "Sable", "Tamar", "Umbra", "Verity",
    "Willow", "Yarrow", "Zephyr",
)  # fmt: skip
SECOND = (
    "Controls", "Devices", "Dynamics", "Electric", "Instruments", "Mobility", "Networks", "Optics", "Power",
    "Robotics", "Semicon", "Signal", "Systems", "Technologies", "Works",
)  # fmt: skip


def company(index: int) -> str:
    """The name of company `index`: the same for the same number, never twice."""
    first, second = FIRST[index % len(FIRST)], SECOND[index // len(FIRST) % len(SECOND)]
    turn = index // (len(FIRST) * len(SECOND))
    return f"{first} {second}" + (f" {turn + 1}" if turn else "")


def products(count: int, prefix: str) -> list[tuple[str, str, str, int, str, str]]:
    """(sku, description, family, multiple, weight in g, base price) of `count` parts."""
    made = []
    for index in range(count):
        family, words, weight = FAMILIES[index % len(FAMILIES)]
        package, multiple = PACKAGES[(index * 5 + index // 7) % len(PACKAGES)]
        number = 1100 + index * 37 % 8000 + index // 8000
        price = f"{0.12 + (index * 7919 % 990) / 250:.4f}"
        sku = f"{prefix}-{number}{'ABCDEFGH'[index // 216 % 8] if index >= 216 else ''}-{package}"
        made.append(
            (sku, f"{words}, {package.replace('-R', ' on reel')}", family, multiple, f"{weight / 100:.2f}", price)
        )
    return made
