from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from exchange.columns import refers, text
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from exchange.upsert import given, propose
from parties.actions.save_contacts import save_contacts
from parties.models import Contact
from parties.references import PARTY

EMAIL_CHARACTERS = 254


def check(rows: Sequence[Row], context: Context) -> None:
    """Party and name tell who is meant; of two people of one name the first that was entered."""
    known = known_contacts(rows, context)
    for row in rows:
        if not is_address(row.values.get("email")):
            row.error("email", "bad_email", f"“{row.values['email']}” is no e-mail address.")
            continue
        key = row.ids["party"], row.values["name"]
        fresh = {"party_id": key[0], "name": key[1]}
        propose(row, known.get(key), Contact, fresh, given(row, texts=("purpose", "email", "phone")))


def is_address(email: str | None) -> bool:
    if not email:
        return True
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def known_contacts(rows: Sequence[Row], context: Context) -> dict[tuple[int, str], Contact]:
    found = Contact.objects.filter(party_id__in={row.ids["party"] for row in rows}).order_by("-pk")
    if context.is_final:
        found = found.select_for_update()
    return {(each.party_id, each.name): each for each in found}


def accept(rows: Sequence[Row], context: Context) -> None:
    save_contacts(contacts=[row.subject for row in rows], by=context.by, at=context.at)


def export() -> Iterator[Sequence[Any]]:
    people = Contact.objects.order_by("party__code", "name", "pk")
    yield from people.values_list("party__code", "name", "purpose", "email", "phone")


CONTACTS = ImportKind(
    name="contacts",
    title="People at parties",
    right="master.edit",
    key=("party", "name"),
    columns=(
        refers("party", PARTY, required=True),
        text("name", required=True, max_length=120),
        text("purpose", max_length=60, help="What to ask this person about"),
        text("email", max_length=EMAIL_CHARACTERS),
        text("phone", max_length=40),
    ),
    check=check,
    accept=accept,
    export=export,
)
