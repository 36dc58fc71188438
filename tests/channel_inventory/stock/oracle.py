"""Stock of one product at one partner, unit by unit: slow, plain, and written without a look at the statements."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Layer:
    received: dt.date
    number: int
    remaining: int


@dataclass
class Unit:
    """A unit that left the partner: of which layer, if any, and which return brought it back, if one did."""

    layer: int | None
    back: str = ""


@dataclass
class Sale:
    day: dt.date
    quantity: int
    units: list[Unit] = field(default_factory=list)


@dataclass
class Back:
    sale: str
    day: dt.date
    quantity: int


@dataclass(frozen=True)
class Change:
    """A line of a report: a sale, or a return where `sale` names one; for a key that is known, its correction."""

    key: str
    day: dt.date
    quantity: int
    sale: str = ""


class Oracle:
    def __init__(self) -> None:
        self.layers: list[Layer] = []
        self.sales: dict[str, Sale] = {}
        self.returns: dict[str, Back] = {}
        self.to_us: dict[str, Sale] = {}

    # what happens ----------------------------------------------------------------------------------------------

    def arrive(self, day: dt.date, quantity: int) -> None:
        self.layers.append(Layer(day, len(self.layers), quantity))
        short = [
            (sale.day, key, unit)
            for key, sale in (*self.sales.items(), *self.to_us.items())
            for unit in sale.units
            if unit.layer is None and not unit.back
        ]
        for _, _, unit in sorted(short, key=lambda each: each[:2]):
            unit.layer = self.take()

    def go_back_to_us(self, key: str, day: dt.date, quantity: int, own: int) -> None:
        units = []
        for _ in range(quantity):
            if self.layers[own].remaining:
                self.layers[own].remaining -= 1
                units.append(Unit(own))
            else:
                units.append(Unit(self.take()))
        self.to_us[key] = Sale(day, quantity, units)

    def post(self, changes: list[Change]) -> None:
        families = {change.sale or change.key for change in changes}
        corrected = {
            change.sale or change.key
            for change in changes
            if (change.key in self.sales or change.key in self.returns) and self.held(change.key)
        }
        for change in changes:
            if change.sale:
                self.returns[change.key] = Back(change.sale, change.day, change.quantity)
            elif change.key in self.sales:
                self.sales[change.key] = Sale(change.day, change.quantity, self.sales[change.key].units)
            else:
                self.sales[change.key] = Sale(change.day, change.quantity)
        for family in families:
            if family in corrected or self.is_wrong(family):
                self.give_all_back(family)
        # of sales that stand already: a unit that is back can be sold again in the same report
        for key in self.returns_of({family for family in families if self.sales[family].units}):
            if not self.held(key):
                self.bring_back(key)
        for key in sorted(families, key=lambda key: (self.sales[key].day, key)):
            sale = self.sales[key]
            if not sale.units:
                sale.units = [Unit(self.take()) for _ in range(sale.quantity)]
        for key in self.returns_of(families):
            if not self.held(key):
                self.bring_back(key)

    # how -------------------------------------------------------------------------------------------------------

    def take(self) -> int | None:
        for layer in sorted(self.layers, key=lambda layer: (layer.received, layer.number)):
            if layer.remaining:
                layer.remaining -= 1
                return layer.number
        return None

    def returns_of(self, families: set[str]) -> list[str]:
        keys = [key for key, each in self.returns.items() if each.sale in families]
        return sorted(keys, key=lambda key: (self.returns[key].day, key))

    def target(self, key: str) -> int:
        """A sale gives back no more than it took; the earliest return comes first."""
        if key in self.sales:
            return self.sales[key].quantity
        family = self.returns[key].sale
        left = self.sales[family].quantity
        for each in self.returns_of({family}):
            given = min(left, self.returns[each].quantity)
            if each == key:
                return given
            left -= given
        raise AssertionError(key)

    def held(self, key: str) -> int:
        if key in self.sales:
            return len(self.sales[key].units)
        return sum(unit.back == key for unit in self.sales[self.returns[key].sale].units)

    def is_wrong(self, family: str) -> bool:
        return any(self.held(key) not in (0, self.target(key)) for key in (family, *self.returns_of({family})))

    def give_all_back(self, family: str) -> None:
        for unit in self.sales[family].units:
            if unit.layer is not None and not unit.back:
                self.layers[unit.layer].remaining += 1
        self.sales[family].units = []

    def bring_back(self, key: str) -> None:
        out = [unit for unit in self.sales[self.returns[key].sale].units if not unit.back]
        out.sort(key=self.age, reverse=True)
        for unit in out[: self.target(key)]:
            unit.back = key
            if unit.layer is not None:
                self.layers[unit.layer].remaining += 1

    def age(self, unit: Unit) -> tuple[bool, dt.date, int]:
        if unit.layer is None:
            return True, dt.date.max, 0
        return False, self.layers[unit.layer].received, unit.layer

    # what it comes to ------------------------------------------------------------------------------------------

    def remaining(self) -> list[int]:
        return [layer.remaining for layer in self.layers]

    def pieces(self, key: str) -> Counter[int | None]:
        if key in self.sales:
            return Counter(unit.layer for unit in self.sales[key].units)
        units = self.sales[self.returns[key].sale].units
        return Counter({layer: -n for layer, n in Counter(u.layer for u in units if u.back == key).items()})

    def short(self) -> int:
        sales = (*self.sales.values(), *self.to_us.values())
        return sum(unit.layer is None and not unit.back for sale in sales for unit in sale.units)
