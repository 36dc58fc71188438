"""What a report should come to, judged row by row and slowly: lists instead of look-ups, no code of the program."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from tests.fixtures import TODAY

BAD_DAY, FUTURE = "31.11.2026", "2026-11-24"
OLDEST = TODAY - dt.timedelta(days=90)
AGREED = Decimal("0.98")
ERRORS = {
    "unknown_product", "unknown_location", "bad_date", "future_date", "zero_quantity", "return_without_original",
    "duplicate", "unknown_unit", "unknown_currency", "wrong_partner", "bad_number", "missing",
}  # fmt: skip


@dataclass(eq=False)
class Sale:
    """A row that is right by itself. `identity` is its invoice and line, `place` which of several alike it is."""

    number: int
    day: dt.date
    sku: str
    units: int
    price: Decimal
    currency: str
    branch: str
    buyer: str
    invoice: str
    line: str
    original: str
    identity: tuple = ()
    place: int = 1
    change: str = "create"
    returns: "Sale | None" = None
    replaced: "Sale | None" = None

    @property
    def content(self):
        return self.day, self.sku, self.units, self.price, self.currency, self.branch, self.buyer


@dataclass
class Book:
    """What counts now."""

    lines: list[Sale] = field(default_factory=list)

    def take(self, rows, first_number=2):
        """The codes said of each row, and how it ends: bad, unchanged or taken."""
        codes = [alone(row) for row in rows]
        sales = [
            sale_of(number, row)
            for number, (row, said) in enumerate(zip(rows, codes, strict=True), first_number)
            if not said
        ]
        said = dict(enumerate(codes, first_number))
        good = self.keyed([sale for sale in sales if not said[sale.number]], said)
        self.take_back(good, said)
        for sale in good:
            said[sale.number] |= warnings(sale)
        good = [sale for sale in good if not said[sale.number] & ERRORS]
        ends = {number: "bad" if found & ERRORS else "taken" for number, found in said.items()}
        ends.update({sale.number: "unchanged" for sale in good if sale.change == "unchanged"})
        self.enter([sale for sale in good if sale.change != "unchanged"])
        return said, ends

    def keyed(self, sales, said):
        kept = []
        for sale in sales:
            alike = [each for each in kept if each.identity == sale.identity]
            if sale.line and alike:
                said[sale.number].add("duplicate")
            else:
                kept.append(sale)
        for identity in {sale.identity for sale in kept}:
            group = [sale for sale in kept if sale.identity == identity]
            self.place([line for line in self.lines if line.identity == identity], group)
        return kept

    def place(self, known, group):
        """Those that we know word for word stay; the others take the first places that are left."""
        waiting, others, used = sorted(known, key=lambda line: line.place), [], set()
        for sale in group:
            same = next((line for line in waiting if line.content == sale.content), None)
            if same is None:
                others.append(sale)
                continue
            waiting.remove(same)
            sale.place, sale.change = same.place, "unchanged"
            used.add(same.place)
        for sale in others:
            sale.place = next(place for place in range(1, 99) if place not in used)
            used.add(sale.place)
            sale.replaced = next((line for line in known if line.place == sale.place), None)
            sale.change = "update" if sale.replaced else "create"

    def take_back(self, good, said):
        gone = [sale.replaced for sale in good if sale.replaced]
        fresh = [sale for sale in good if sale.units > 0 and sale.change != "unchanged"]
        there = [line for line in self.lines if line.units > 0 and line not in gone] + fresh
        left = {id(sale): sale.units - self.taken(sale, gone) for sale in there}
        for back in good:
            if back.units > 0 or back.change == "unchanged":
                continue
            back.returns = meant(back, there)
            if back.returns is None or left[id(back.returns)] < -back.units:
                said[back.number].add("return_without_original")
            else:
                left[id(back.returns)] += back.units

    def taken(self, sale, gone):
        old = sale.replaced or sale
        return -sum(line.units for line in self.lines if line.returns is old and line not in gone)

    def enter(self, sales):
        for sale in sales:
            if sale.replaced:
                self.lines.remove(sale.replaced)
                for line in [*self.lines, *sales]:
                    if line.returns is sale.replaced:
                        line.returns = sale
        self.lines += sorted(sales, key=lambda sale: (sale.returns in sales, sale.number))
        for sale in sales:
            sale.replaced = None


def alone(row):
    """The codes of what is wrong with a row whatever else the file says."""
    stranger, said = row["partner"] == "SOUTH", set()
    said |= {"wrong_partner"} if stranger else set()
    said |= {"bad_date"} if row["invoice_date"] == BAD_DAY else set()
    said |= {"bad_number"} if row["quantity"] == "many" else set()
    said |= {"missing"} if not row["end_buyer_name"] else set()
    said |= {"unknown_currency"} if row["currency"] == "XXQ" else set()
    said |= {"unknown_product"} if row["sku"] == "GONE" else set()
    said |= {"unknown_unit"} if row["unit"] == "CA" and row["sku"] != "GONE" else set()
    if row["branch"] == "NOWHERE" or (row["branch"] and stranger):
        said.add("unknown_location")
    if not said:
        said |= {"zero_quantity"} if row["quantity"] == "0" else set()
        said |= {"future_date"} if row["invoice_date"] == FUTURE else set()
    return said


def sale_of(number, row):
    factor = 10 if row["unit"] == "BX" else 1
    sale = Sale(
        number=number,
        day=dt.date.fromisoformat(row["invoice_date"]),
        sku=row["sku"],
        units=int(row["quantity"]) * factor,
        price=Decimal(row["resale_price"]) / factor,
        currency=row["currency"],
        branch=row["branch"],
        buyer=" ".join(row["end_buyer_name"].upper().split()),
        invoice=row["invoice_number"].replace(" ", "").upper(),
        line=row["invoice_line"],
        original=row["original_invoice"],
    )
    told = (sale.line,) if sale.line else (sale.sku, sale.buyer)
    sale.identity = (sale.invoice, *told, sale.day if sale.units < 0 else None)
    return sale


def meant(back, there):
    """The sale that is taken back: the line named, else the first of the invoice with this part."""
    number, _, line = back.original.partition("/") if back.original else (back.invoice, "", back.line)
    same = [sale for sale in there if (sale.invoice, sale.sku) == (number, back.sku)]
    exact = [sale for sale in same if line and sale.line == line]
    return next(iter(exact or same), None)


def warnings(sale):
    if sale.change == "unchanged":
        return set()
    said = {"outside_window"} if sale.day < OLDEST else set()
    is_covered = (sale.buyer, sale.sku, sale.currency) == ("B COMPANY", "AUR-1", "USD") and sale.units > 0
    return said | ({"below_agreed_cost"} if is_covered and sale.price < AGREED else set())
