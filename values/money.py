"""Money: exact arithmetic on Decimal amounts and on integer minor units (cents, yen, fils).

Ledgers hold minor units. Every rounding is half-up, ties away from zero, which is also what PostgreSQL's
`round(numeric)` does, so a statement and this file agree to the cent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

from values.currencies import minor_digits

# A bigint quantity times numeric(18,6) needs 37 digits; the default context would quietly keep 28.
_EXACT = Context(prec=100, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])
_LARGEST_EXPONENT = 60


class CurrencyMismatchError(ValueError):
    """Two currencies met in one sum or comparison."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"Cannot mix {left} and {right}: convert one of them first.")
        self.left = left
        self.right = right


def round_half_up(value: Decimal, digits: int = 0) -> Decimal:
    """Round to `digits` decimals, ties away from zero. Raises ValueError for NaN, infinity and 1e61 up."""
    if not value.is_finite() or value.adjusted() > _LARGEST_EXPONENT:
        raise ValueError(f"Not an amount: {value}")
    return _EXACT.quantize(value, Decimal(1).scaleb(-digits))


def to_minor(amount: Decimal, currency: str) -> int:
    """1.235 USD → 124; further decimals are rounded half-up."""
    digits = minor_digits(currency)
    return int(round_half_up(amount, digits).scaleb(digits, _EXACT))


def from_minor(minor: int, currency: str) -> Decimal:
    """123 USD cents → Decimal("1.23"), with exactly the currency's decimals."""
    return Decimal(minor).scaleb(-minor_digits(currency), _EXACT)


def line_value(quantity: int, unit_price: Decimal, currency: str) -> int:
    """Minor units of quantity × unit price, rounded once, on the product."""
    return to_minor(_EXACT.multiply(Decimal(quantity), unit_price), currency)


def part_value(open_value: int, part: int, open_quantity: int) -> int:
    """Minor units that `part` of `open_quantity` takes from `open_value`; the last part takes the rest.

    Raises ValueError when the part is not within 0 … open quantity, or when value is open on no quantity.
    """
    if not 0 <= part <= open_quantity:
        raise ValueError(f"A part of {part} does not fit an open quantity of {open_quantity}.")
    if part == open_quantity:
        if not open_quantity and open_value:
            raise ValueError(f"A value of {open_value} is open on no quantity.")
        return open_value
    rounded = (2 * abs(open_value) * part + open_quantity) // (2 * open_quantity)
    return rounded if open_value >= 0 else -rounded


def spread(total: int, parts: Sequence[int]) -> list[int]:
    """Share `total` minor units over consecutive parts, each by `part_value`; the sum is always `total`."""
    open_value, open_quantity = total, sum(parts)
    shares = []
    for part in parts:
        share = part_value(open_value, part, open_quantity)
        shares.append(share)
        open_value -= share
        open_quantity -= part
    if open_value:
        raise ValueError(f"{open_value} is left over: there is no quantity to share it over.")
    return shares


def convert(minor: int, from_currency: str, to_currency: str, rate: Decimal) -> int:
    """Minor units of the target: one unit of `from_currency` is `rate` units of `to_currency`.

    Raises ValueError for a rate that is not positive.
    """
    if not rate.is_finite() or rate <= 0:
        raise ValueError(f"Not an exchange rate: {rate}")
    return to_minor(_EXACT.multiply(from_minor(minor, from_currency), rate), to_currency)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency. Two currencies in one sum or comparison raise CurrencyMismatchError."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        minor_digits(self.currency)
        if not self.amount.is_finite():
            raise ValueError(f"Not an amount: {self.amount}")

    @classmethod
    def of_minor(cls, minor: int, currency: str) -> "Money":
        return cls(from_minor(minor, currency), currency)

    @property
    def minor(self) -> int:
        return to_minor(self.amount, self.currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(_EXACT.add(self.amount, self._same(other)), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(_EXACT.subtract(self.amount, self._same(other)), self.currency)

    def __neg__(self) -> "Money":
        return Money(self.amount.copy_negate(), self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __str__(self) -> str:
        return format_money(self.minor, self.currency)

    def _same(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise CurrencyMismatchError(self.currency, other.currency)
        return other.amount


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Sum, zero of `currency` when there is nothing to add."""
    result = Money.of_minor(0, currency)
    for amount in amounts:
        result += amount
    return result


def plain(minor: int, currency: str) -> str:
    """For files and JSON: "-1234.50", a hyphen, no separators, the currency's decimals."""
    return f"{from_minor(minor, currency):f}"


def format_minor(minor: int, currency: str, *, typographic: bool = True, thousands: str = ",") -> str:
    """For people: "−1,234.50". `typographic` draws the minus as U+2212, as wide as a digit in tables."""
    return _dress(plain(minor, currency), typographic=typographic, thousands=thousands)


def format_money(minor: int, currency: str, *, typographic: bool = True, thousands: str = ",") -> str:
    """Like format_minor, behind the currency code and a no-break space: "USD −1,234.50"."""
    space = "\N{NO-BREAK SPACE}" if typographic else " "
    return f"{currency}{space}{format_minor(minor, currency, typographic=typographic, thousands=thousands)}"


def format_price(price: Decimal, currency: str, *, typographic: bool = True, thousands: str = ",") -> str:
    """A unit price with at least the currency's decimals and no idle zeros behind them: 0.95, 0.333333."""
    whole, _, fraction = f"{price:f}".partition(".")
    fraction = fraction.rstrip("0").ljust(minor_digits(currency), "0")
    text = f"{whole}.{fraction}" if fraction else whole
    return _dress(text, typographic=typographic, thousands=thousands)


def _dress(text: str, *, typographic: bool, thousands: str) -> str:
    minus = "\N{MINUS SIGN}" if typographic else "-"
    whole, point, fraction = text.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", thousands)
    return f"{minus if text.startswith('-') else ''}{grouped}{point}{fraction}"
