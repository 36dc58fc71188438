from collections.abc import Iterator, Sequence
from typing import Any

from exchange.choices import RowChange
from exchange.columns import refers, text
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from parties.actions.save_aliases import save_aliases
from parties.models import PartyAlias
from parties.references import PARTY
from values.text import normalise_name

Key = tuple[str, int | None]


def check(rows: Sequence[Row], context: Context) -> None:
    keys = {row.number: (normalise_name(row.values["alias"]), row.ids.get("reported_by")) for row in rows}
    known = known_aliases({normalised for normalised, _ in keys.values()})
    first: dict[Key, Row] = {}
    for row in rows:
        key, party_id = keys[row.number], row.ids["party"]
        if not key[0]:
            row.error("alias", "empty_alias", "The alias has no letter and no digit.")
        elif key in known:
            compare(row, known[key])
        elif key in first:
            row.error("alias", "repeated_row", f"Row {first[key].number} has the same alias.")
        else:
            first[key] = row
            row.change = RowChange.CREATE
            row.subject = PartyAlias(
                party_id=party_id, alias=row.values["alias"], normalised=key[0], reported_by_id=key[1]
            )


def known_aliases(normalised: set[str]) -> dict[Key, PartyAlias]:
    found = PartyAlias.objects.filter(normalised__in=normalised).select_related("party")
    return {(alias.normalised, alias.reported_by_id): alias for alias in found}


def compare(row: Row, alias: PartyAlias) -> None:
    if alias.party_id == row.ids["party"]:
        row.change = RowChange.UNCHANGED
    else:
        row.error("alias", "alias_taken", f"“{row.values['alias']}” means {alias.party.code} already.")


def accept(rows: Sequence[Row], context: Context) -> None:
    save_aliases(aliases=[row.subject for row in rows], by=context.by, at=context.at)


def export() -> Iterator[Sequence[Any]]:
    aliases = PartyAlias.objects.select_related("party", "reported_by").order_by("party__code", "alias", "pk")
    for alias in aliases:
        yield alias.party.code, alias.alias, alias.reported_by.code if alias.reported_by else None


ALIASES = ImportKind(
    name="aliases",
    title="Aliases of parties",
    right="master.edit",
    columns=(
        refers("party", PARTY, required=True),
        text("alias", required=True),
        refers("reported_by", PARTY, help="Only where this party reports it; empty: always"),
    ),
    check=check,
    accept=accept,
    export=export,
)
