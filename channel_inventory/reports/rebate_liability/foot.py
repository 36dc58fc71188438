from channel_inventory.reports.rebate_liability.section import Member, Section


class DoesNotFoot(ArithmeticError):
    """Two ways to the same figure differ; the text names where."""


def check(section: Section) -> None:
    """Every view adds up to the total, the ages to what is claimed, what is recoverable stands apart.

    Raises DoesNotFoot. The ages differ when a row moves the claimed bucket and names no day of receipt.
    """
    views = {
        "partner": [part.partner for part in section.partners],
        "kind": section.kinds,
        "end buyer": section.end_buyers,
        "agreement": section.agreements,
        "product": section.products,
    }
    for name, members in views.items():
        compare(f"Liability by {name}", section, triple(section.total), sums_of(list(members)))
    figures = section.figures
    compare("The ages", section, (figures.claimed,), (sum(figures.ages),))
    compare("Open less recoverable", section, (figures.balance,), (section.total.open - section.total.recoverable,))
    for part in section.partners:
        where = f"The agreements of {part.partner.name.code}"
        compare(where, section, triple(part.partner), sums_of([each.agreement for each in part.agreements]))
    compare("The rows", section, (figures.balance,), (sum(line.figures.balance for line in section.lines),))


def triple(member: Member) -> tuple[int, ...]:
    return member.figures.estimated, member.figures.claimed, member.open, member.recoverable


def sums_of(members: list[Member]) -> tuple[int, ...]:
    return tuple(map(sum, zip((0, 0, 0, 0), *map(triple, members), strict=True)))


def compare(what: str, section: Section, expected: tuple[int, ...], found: tuple[int, ...]) -> None:
    if expected != found:
        raise DoesNotFoot(f"{what} in {section.currency} comes to {found} and not to {expected} minor units.")
