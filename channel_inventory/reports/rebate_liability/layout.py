"""From keys to what is shown: each view sums the same keys, so each adds up to the same total."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import groupby
from typing import TypeVar

from channel_inventory.choices import LiabilityKind
from channel_inventory.reports.rebate_liability.figures import Figures, summed
from channel_inventory.reports.rebate_liability.names import NOBODY, Name, Names
from channel_inventory.reports.rebate_liability.query import KeySums
from channel_inventory.reports.rebate_liability.section import AgreementPart, Line, Member, PartnerPart

Label = TypeVar("Label", bound=Hashable)
NameOf = Callable[[KeySums], Name]


class Layout:
    """The keys of one currency. A partner that owes us as a whole is recoverable in every view."""

    def __init__(self, keys: Sequence[KeySums], names: Names):
        self.keys, self.names = keys, names
        self.owing = {partner for partner, each in by(keys, lambda key: key.partner_id) if balance_of(each) < 0}

    def total(self) -> Member:
        return self.member(NOBODY, self.keys)

    def members(self, name_of: NameOf) -> tuple[Member, ...]:
        found = [self.member(name, each) for name, each in by(self.keys, name_of)]
        return tuple(sorted(found, key=largest_first))

    def kinds(self) -> tuple[Member, ...]:
        """In the order in which they are always told."""
        order = list(LiabilityKind.values)
        found = [self.member(kind_name(kind), each) for kind, each in by(self.keys, lambda key: key.kind)]
        return tuple(sorted(found, key=lambda member: order.index(member.name.code)))

    def end_buyers(self) -> tuple[Member, ...]:
        return self.members(lambda key: self.names.party(key.end_buyer_id))

    def agreements(self) -> tuple[Member, ...]:
        return self.members(lambda key: self.names.agreement(key.agreement_id))

    def products(self) -> tuple[Member, ...]:
        return self.members(lambda key: self.names.product(key.product_id))

    def partners(self) -> tuple[PartnerPart, ...]:
        found = [
            PartnerPart(self.member(self.names.party(partner), each), self.agreement_parts(each))
            for partner, each in by(self.keys, lambda key: key.partner_id)
        ]
        return tuple(sorted(found, key=lambda part: largest_first(part.partner)))

    def agreement_parts(self, keys: Sequence[KeySums]) -> tuple[AgreementPart, ...]:
        found = [
            AgreementPart(
                self.member(name, each),
                self.end_buyer_of(each),
                kind,
                tuple(
                    sorted(
                        (self.member(product, rows) for product, rows in by(each, self.product_of)), key=largest_first
                    )
                ),
            )
            for (name, kind), each in by(keys, lambda key: (self.names.agreement(key.agreement_id), key.kind))
        ]
        return tuple(sorted(found, key=lambda part: largest_first(part.agreement)))

    def end_buyer_of(self, keys: Sequence[KeySums]) -> Name:
        """The one end buyer of these keys; none where there are several."""
        found = {key.end_buyer_id for key in keys}
        return self.names.party(found.pop()) if len(found) == 1 else NOBODY

    def product_of(self, key: KeySums) -> Name:
        return self.names.product(key.product_id)

    def lines(self) -> tuple[Line, ...]:
        return tuple(
            Line(
                self.names.party(key.partner_id),
                self.names.party(key.end_buyer_id),
                self.names.agreement(key.agreement_id),
                self.names.product(key.product_id),
                key.kind,
                Figures(*key.sums),
                key.partner_id in self.owing,
            )
            for key in self.keys
        )

    def member(self, name: Name, keys: Sequence[KeySums]) -> Member:
        figures = summed(key.sums for key in keys)
        recoverable = -balance_of([key for key in keys if key.partner_id in self.owing])
        return Member(name, figures, figures.balance + recoverable, recoverable)


def by(keys: Iterable[KeySums], label: Callable[[KeySums], Label]) -> list[tuple[Label, list[KeySums]]]:
    found: dict[Label, list[KeySums]] = {}
    for key in keys:
        found.setdefault(label(key), []).append(key)
    return list(found.items())


def balance_of(keys: Sequence[KeySums]) -> int:
    return summed(key.sums for key in keys).balance


def kind_name(kind: str) -> Name:
    return Name(kind, LiabilityKind(kind).label)


def largest_first(member: Member) -> tuple[int, str]:
    return -abs(member.figures.balance), member.name.code


def by_currency(keys: Iterable[KeySums]) -> list[tuple[str, list[KeySums]]]:
    """The statement gives them in that order."""
    return [(currency, list(each)) for currency, each in groupby(keys, key=lambda key: key.currency)]
