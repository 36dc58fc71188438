from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from exchange.choices import RowChange
from exchange.columns import choice as one_of
from exchange.columns import code, country, currency, decimal, integer, several, text
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from exchange.upsert import given, propose
from parties.actions.save_parties import PartyDraft, save_parties
from parties.choices import PartyRole, PartyStatus
from parties.matching import match_parties
from parties.models import Party, PartyRoleFact
from parties.tree import ancestors
from values.text import normalise_name, short_name

SMALL = 32_767


def check(rows: Sequence[Row], context: Context) -> None:
    known = known_parties(rows, context)
    roles = roles_of(known.values())
    for row in rows:
        found = known.get(row.values["code"]) or known.get(row.values["code"].upper())
        if found is not None and found.merged_into_id:
            row.error("code", "merged_party", f"{found.code} was merged into another party: change that one.")
            continue
        propose_party(row, found, roles)
    set_parents([row for row in rows if not row.is_bad])


def known_parties(rows: Sequence[Row], context: Context) -> dict[str, Party]:
    codes = {row.values["code"] for row in rows}
    found = Party.objects.filter(code__in=codes | {one.upper() for one in codes}).order_by("pk")
    if context.is_final:
        found = found.select_for_update()
    return {party.code: party for party in found}


def roles_of(parties: Any) -> dict[int, frozenset[str]]:
    held: dict[int, set[str]] = {party.pk: set() for party in parties}
    for party_id, role in PartyRoleFact.objects.filter(party_id__in=held).values_list("party_id", "role"):
        held[party_id].add(role)
    return {party_id: frozenset(found) for party_id, found in held.items()}


def propose_party(row: Row, found: Party | None, roles: dict[int, frozenset[str]]) -> None:
    wanted = {
        "name": row.values["name"],
        "normalised_name": normalise_name(row.values["name"]),
        "country": row.values["country"],
        **given(
            row,
            texts=("currency",),
            nullables=("credit_limit",),
            kept=("short_name", "payment_terms_days", "status"),
        ),
    }
    if found is None:
        wanted.setdefault("short_name", short_name(row.values["name"]))
    party = propose(row, found, Party, {"code": row.values["code"]}, wanted)
    row.subject = PartyDraft(party, row.values["roles"])
    if found is not None and roles[found.pk] != row.values["roles"]:
        row.change = RowChange.UPDATE


def set_parents(rows: Sequence[Row]) -> None:
    """A parent may stand in the same file, further down too; a row whose parent's row is refused is refused."""
    in_file = {row.values["code"]: row for row in rows}
    elsewhere = {row.values["parent"] for row in rows if row.get("parent")} - set(in_file)
    matches = match_parties(elsewhere, by_name=False)
    for row in rows:
        wanted = row.values.get("parent")
        if wanted is None:
            if "parent" in row.values:
                put_below(row, None)
        elif wanted in in_file:
            put_below_row(row, in_file[wanted].subject.party)
        elif (match := matches.get(wanted)) and match.party_id:
            put_below(row, match.party_id)
        else:
            row.error("parent", "unknown_party", f"There is no party “{wanted}”, nor a good row for it.", wanted)
    refuse_cycles(rows)
    refuse_orphans(rows, in_file)


def put_below(row: Row, parent_id: int | None) -> None:
    party = row.subject.party
    if party.parent_id != parent_id:
        party.parent_id = parent_id
        row.change = RowChange.UPDATE if party.pk else row.change


def put_below_row(row: Row, parent: Party) -> None:
    if parent.pk:
        put_below(row, parent.pk)
    else:
        row.subject.new_parent = parent
        row.change = RowChange.UPDATE if row.subject.party.pk else row.change


def refuse_cycles(rows: Sequence[Row]) -> None:
    stored = Party.objects.filter(parent__isnull=False).values_list("pk", "parent_id")
    parent_of: dict[Hashable, Hashable] = dict(stored)
    for row in rows:
        draft: PartyDraft = row.subject
        above = draft.new_parent.code if draft.new_parent else draft.party.parent_id
        if above is None:
            parent_of.pop(node_of(draft.party), None)
        else:
            parent_of[node_of(draft.party)] = above
    for row in rows:
        node = node_of(row.subject.party)
        if row.get("parent") and node in ancestors(node, parent_of):
            row.error("parent", "parent_cycle", "The party would stand above itself.")


def node_of(party: Party) -> Hashable:
    """New parties have no key yet: their code stands for them."""
    return party.pk or party.code


def refuse_orphans(rows: Sequence[Row], in_file: dict[str, Row]) -> None:
    refused = {row.values["code"] for row in rows if row.is_bad}
    while refused:
        below = [row for row in rows if not row.is_bad and row.subject.new_parent and row.values["parent"] in refused]
        for row in below:
            number = in_file[row.values["parent"]].number
            row.error("parent", "parent_refused", f"The row of its parent, {number}, is refused.")
        refused = {row.values["code"] for row in below}


def accept(rows: Sequence[Row], context: Context) -> None:
    save_parties(drafts=[row.subject for row in rows], by=context.by, at=context.at)


def export() -> Iterator[Sequence[Any]]:
    parties = Party.objects.filter(merged_into__isnull=True).select_related("parent").order_by("code")
    roles = roles_of(parties)
    for party in parties:
        yield (
            party.code, party.name, party.short_name, "|".join(sorted(roles[party.pk])),
            party.parent.code if party.parent else None, party.country, party.currency, party.payment_terms_days,
            party.credit_limit, party.status,
        )  # fmt: skip


PARTIES = ImportKind(
    name="parties",
    title="Parties",
    right="master.edit",
    key=("code",),
    columns=(
        code("code", required=True),
        text("name", required=True),
        text("short_name", max_length=16, help="For dense tables; derived when missing"),
        several("roles", PartyRole, required=True),
        code("parent", help="Code of the party above it; it may stand in the same file"),
        country("country", required=True),
        currency("currency", help="Default of its orders"),
        integer("payment_terms_days", minimum=0, maximum=SMALL),
        decimal("credit_limit", minimum=0, places=3),
        one_of("status", PartyStatus),
    ),
    check=check,
    accept=accept,
    export=export,
)
