from collections.abc import Iterator, Sequence
from typing import Any

from stdnum import ean

from exchange.columns import choice, code, country, refers, text
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from exchange.upsert import given, propose
from parties.actions.save_locations import save_locations
from parties.choices import LocationPurpose
from parties.models import Location
from parties.references import PARTY
from values.text import normalise_postcode

GLN_DIGITS = 13


def check(rows: Sequence[Row], context: Context) -> None:
    known = known_places(rows, context)
    for row in rows:
        key = row.ids["party"], row.values["code"]
        wanted = {
            **{name: row.values[name] for name in ("name", "purpose", "address1", "city", "country")},
            **given(row, texts=("address2", "region", "gln")),
        }
        if "postcode" in row.values:
            wanted["postcode"] = normalise_postcode(row.get("postcode", ""), row.values["country"])
        if wanted.get("gln") and not (len(wanted["gln"]) == GLN_DIGITS and ean.is_valid(wanted["gln"])):
            row.error("gln", "bad_gln", f"“{wanted['gln']}” is no GLN: 13 digits, the last one a check digit.")
            continue
        propose(row, known.get(key), Location, {"party_id": key[0], "code": key[1]}, wanted)


def known_places(rows: Sequence[Row], context: Context) -> dict[tuple[int, str], Location]:
    found = Location.objects.filter(
        party_id__in={row.ids["party"] for row in rows}, code__in={row.values["code"] for row in rows}
    ).order_by("pk")
    if context.is_final:
        found = found.select_for_update()
    return {(place.party_id, place.code): place for place in found}


def accept(rows: Sequence[Row], context: Context) -> None:
    save_locations(locations=[row.subject for row in rows], by=context.by, at=context.at)


def export() -> Iterator[Sequence[Any]]:
    places = Location.objects.filter(party__merged_into__isnull=True).select_related("party")
    for place in places.order_by("party__code", "code"):
        yield (
            place.party.code, place.code, place.name, place.purpose, place.address1, place.address2, place.city,
            place.region, place.postcode, place.country, place.gln,
        )  # fmt: skip


LOCATIONS = ImportKind(
    name="locations",
    title="Locations",
    right="master.edit",
    key=("party", "code"),
    columns=(
        refers("party", PARTY, required=True),
        code("code", required=True),
        text("name", required=True),
        choice("purpose", LocationPurpose, required=True),
        text("address1", required=True),
        text("address2"),
        text("city", required=True, max_length=100),
        text("region", max_length=60),
        text("postcode", max_length=20),
        country("country", required=True),
        code("gln", max_length=13, help="GS1 global location number"),
    ),
    check=check,
    accept=accept,
    export=export,
)
