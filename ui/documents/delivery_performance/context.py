"""What the report is drawn from, complete before it is drawn. Rates are per cent, None where nothing is decided."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ui.documents.letterhead import Letterhead


@dataclass(frozen=True)
class Basis:
    """Schedules of one basis. `decided` are those kept or missed."""

    label: str
    due: int
    on_time: int
    late: int
    too_early: int
    pending: int
    uncommitted: int
    rate: Decimal | None
    by_quantity: Decimal | None
    in_full: Decimal | None

    @property
    def decided(self) -> int:
        return self.on_time + self.late + self.too_early

    @property
    def missed(self) -> int:
        return self.late + self.too_early


@dataclass(frozen=True)
class Stability:
    """How often and how far commits moved; days are calendar days."""

    never_moved: Decimal | None
    recommits: Decimal | None
    mean_slip: Decimal | None
    supplier: Decimal | None
    mean_gap: Decimal | None


@dataclass(frozen=True)
class Period:
    label: str
    rates: tuple[Decimal | None, ...]
    year: str = ""


@dataclass(frozen=True)
class Bucket:
    """How far from the current commit; `is_kept` where it lay within the window of most customers."""

    label: str
    schedules: int
    is_kept: bool


@dataclass(frozen=True)
class Member:
    name: str
    bases: tuple[Basis, ...]
    stability: Stability


@dataclass(frozen=True)
class Group:
    """One dimension; `more` members are not printed, the sum is of all. `commits_to_us`: places of others."""

    heading: str
    members: tuple[Member, ...]
    more: int
    commits_to_us: bool = False


@dataclass(frozen=True)
class Moved:
    """Who moved commits."""

    label: str
    moves: int


@dataclass(frozen=True)
class Reason:
    """Why so many current commits were missed."""

    label: str
    schedules: int


@dataclass(frozen=True)
class Miss:
    place: str
    sell_to: str
    end_buyer: str
    product: str
    site: str
    quantity: int
    request_date: dt.date
    first_commit: dt.date | None
    current_commit: dt.date | None
    actual: dt.date | None
    days: int | None
    moves: int
    is_converted: bool = False


@dataclass(frozen=True)
class Report:
    """`bases` are request, first commit, current commit, in this order everywhere."""

    sender: Letterhead
    period: str
    as_of: dt.date
    known_on: dt.date
    produced_at: dt.datetime
    scope: str
    bases: tuple[Basis, ...]
    stability: Stability
    trend: tuple[Period, ...]
    distance: tuple[Bucket, ...]
    groups: tuple[Group, ...]
    moved: tuple[Moved, ...]
    misses: tuple[Miss, ...]
    reasons: tuple[Reason, ...] = ()
    snapshot_at: dt.datetime | None = None
    converted: int = 0
    excluded: int = 0
    for_customer: str = ""

    @property
    def all(self) -> Member:
        return Member("All", self.bases, self.stability)

    @property
    def moves(self) -> int:
        return sum(each.moves for each in self.moved)
