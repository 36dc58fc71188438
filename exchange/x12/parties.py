"""Parties: the N1 loop with names, address, contacts and references, read and written."""

from dataclasses import dataclass

from exchange.x12.elements import element_index, pairs, value
from exchange.x12.references import Reference, read_reference
from exchange.x12.segments import Segment
from exchange.x12.tree import LoopNode


@dataclass(frozen=True, slots=True)
class Contact:
    """PER: function (element 366), name, and its numbers as (kind, number), kind TE, FX, EM, ...

    At most three numbers can be written. `reference` is PER09, a further name or number to ask for.
    """

    function: str
    name: str
    numbers: tuple[tuple[str, str], ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class X12Party:
    """One party in one role.

    `qualifier` is its role (N101: BY, ST, BT, EN, ...), `id_qualifier` says who gave the `id` (N103: 1
    D-U-N-S, 9 D-U-N-S+4, 91 seller, 92 buyer, UL GLN, ZZ by agreement). `more_names` are the N2 names,
    `address` the N3 lines.
    """

    qualifier: str
    name: str = ""
    id_qualifier: str = ""
    id: str = ""
    more_names: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    contacts: tuple[Contact, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def name2(self) -> str:
        return self.more_names[0] if self.more_names else ""


def read_contact(segment: Segment) -> Contact:
    last = element_index("PER", "reference")
    numbers = pairs(segment._replace(elements=segment.elements[: last - 1]), "number_qualifier", "number")
    return Contact(value(segment, "function"), value(segment, "name"), numbers, value(segment, "reference"))


def read_party(loop: LoopNode) -> X12Party:
    head, place = loop.head, loop.first("N4")
    return X12Party(
        qualifier=value(head, "qualifier"),
        name=value(head, "name"),
        id_qualifier=value(head, "id_qualifier"),
        id=value(head, "id"),
        more_names=_texts(loop, "N2"),
        address=_texts(loop, "N3"),
        city=value(place, "city"),
        region=value(place, "region"),
        postcode=value(place, "postcode"),
        country=value(place, "country"),
        contacts=tuple(read_contact(segment) for segment in loop.segments("PER")),
        references=tuple(read_reference(segment) for segment in loop.segments("REF")),
    )


def party_segments(party: X12Party) -> list[list[str]]:
    """The N1 loop of a party: N1, then N2, N3, N4, REF and PER as far as there is something to say."""
    rows = [["N1", party.qualifier, party.name, party.id_qualifier, party.id]]
    rows.extend(["N2", *names] for names in _by_two(party.more_names))
    rows.extend(["N3", *lines] for lines in _by_two(party.address))
    if party.city or party.region or party.postcode or party.country:
        rows.append(["N4", party.city, party.region, party.postcode, party.country])
    rows.extend(["REF", item.qualifier, item.value, item.description] for item in party.references)
    for contact in party.contacts:
        numbers = [text for pair in contact.numbers for text in pair]
        numbers += [""] * (6 - len(numbers))
        rows.append(["PER", contact.function, contact.name, *numbers, contact.reference])
    return rows


def _texts(loop: LoopNode, segment_id: str) -> tuple[str, ...]:
    return tuple(text for segment in loop.segments(segment_id) for text in (segment.get(1), segment.get(2)) if text)


def _by_two(texts: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [texts[at : at + 2] for at in range(0, len(texts), 2)]
