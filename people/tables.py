from typing import Any

from people.audit import DONE, changes
from people.columns import history_of
from people.schema import table_words
from tenancy.models import Member
from ui.addresses import address_of
from ui.cells import escaped, link
from ui.columns import Chip, Column, Instant, Link, Place, YesNo
from ui.figures import EMPTY
from ui.tables import Table


def state_of(member: Member) -> str:
    return "Active" if member.is_active else "Shut out"


def told(entry: Any) -> str:
    """Of what was made or is gone there is one side to tell."""
    found = changes(entry, rights=entry.rights.split(), spell=entry.names.spell)
    if entry.action == "update":
        return "; ".join(str(change) for change in found)
    side = "after" if entry.action == "insert" else "before"
    return "; ".join(f"{change.field}: {getattr(change, side)}" for change in found)


class RecordColumn(Column):
    """The record's name; it leads to its history where the reader may open it."""

    def cell(self, row: Any, place: Place) -> str:
        subject = row.subject
        if subject is None:
            return EMPTY
        if not place.may(subject.right):
            return escaped(subject.name)
        return link(address_of("people:history", place.slug, subject.kind, subject.pk), subject.name)


def record_of(entry: Any) -> str | None:
    return entry.subject and entry.subject.name


class MemberTable(Table):
    caption = "Members"
    columns = (
        Link("Name", "user", url_name="people:member_change", sort="name"),
        Column("E-mail", "user.email", sort="email"),
        Column("Role", "get_role_display"),
        Column("Party", "party_name", is_wide_only=True),
        YesNo("Sees cost", "sees_cost"),
        Chip("State", state_of, tones={"Active": "good", "Shut out": "bad"}),
        Instant("Since", "created_at", sort="since", is_wide_only=True),
        history_of("member"),
    )

    def row_css(self, row: Any) -> str:
        return "" if row.is_active else "is-warn"


class InvitationTable(Table):
    caption = "Invitations"
    columns = (
        Link("E-mail", "email", url_name="people:invitation_withdraw", sort="email"),
        Column("Role", "get_role_display"),
        Column("Party", "party_name"),
        Chip("State", "state", tones={"Open": "info", "Accepted": "good", "Withdrawn": "bad", "Too old": "warn"}),
        Instant("Invited", "created_at", sort="invited"),
        Instant("Valid until", "expires_at"),
        Column("Invited by", "invited_by.user"),
        history_of("invitation"),
    )


class AuditTable(Table):
    caption = "Changes of master data"
    columns = (
        Instant("When", "at", sort="when"),
        Column("Who", "who"),
        Column("What", lambda entry: table_words(entry.table_name), is_wide_only=True),
        RecordColumn("Record", record_of, css="name"),
        Column("Number", "row_id", css="num", is_extra=True),
        Chip("Done", lambda entry: DONE[entry.action], tones={"Created": "good", "Deleted": "bad"}),
        Column("Changes", told, css="wrapped"),
        Column("Why", "reason"),
    )
