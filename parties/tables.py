from typing import Any

from parties.choices import PartyStatus
from parties.models import Party
from people.columns import history_of
from ui.columns import Chip, Column, Figure, Instant, Link, YesNo, verb
from ui.tables import Table

TONES = {PartyStatus.BLOCKED: "warn", PartyStatus.DENIED: "bad", PartyStatus.CLOSED: ""}


def roles_of(party: Party) -> str:
    """Needs `role_facts` prefetched."""
    return ", ".join(fact.get_role_display() for fact in party.role_facts.all())


class PartyTable(Table):
    caption = "Parties"
    columns = (
        Link("Code", "code", url_name="parties:party_detail", sort="code"),
        Column("Name", "name", sort="name"),
        Column("Roles", roles_of),
        Column("Parent", "parent.short_name", is_wide_only=True),
        Column("Country", "country"),
        Column("Currency", "currency", is_wide_only=True),
        Figure("Terms, days", "payment_terms_days"),
        Figure("Credit limit", "credit_limit", places=2),
        Chip("Status", "get_status_display", tones=TONES, tone_path="status"),
    )

    def row_css(self, row: Any) -> str:
        return "is-bad" if row.status == PartyStatus.DENIED else ""


class LocationTable(Table):
    caption = "Locations"
    columns = (
        Link("Party", "party.short_name", url_name="parties:party_detail", args=("party_id",)),
        Link("Code", "code", url_name="parties:location_detail", args=("party_id", "pk")),
        Column("Name", "name"),
        Column("Purpose", "get_purpose_display"),
        Column("City", "city"),
        Column("Region", "region", is_wide_only=True),
        Column("Postcode", "postcode"),
        Column("Country", "country"),
        Column("GLN", "gln"),
        YesNo("In use", "is_active"),
    )


class ContactTable(Table):
    caption = "People"
    columns = (
        Column("Name", "name"),
        Link("Party", "party.short_name", url_name="parties:party_detail", args=("party_id",)),
        Column("Purpose", "purpose"),
        Column("E-mail", "email"),
        Column("Phone", "phone"),
        history_of("contact"),
        verb("Edit", "parties:contact_edit", ("party_id", "pk"), right="master.edit"),
        verb("Remove", "parties:contact_remove", ("party_id", "pk"), right="master.edit"),
    )


class AliasTable(Table):
    caption = "Aliases"
    columns = (
        Column("Alias", "alias", sort="alias"),
        Link("Means", "party.name", url_name="parties:party_detail", args=("party_id",)),
        Column("Where it holds", lambda alias: alias.reported_by.short_name if alias.reported_by else "everywhere"),
        Instant("Learnt", "learnt_at"),
        history_of("alias"),
        verb("Forget", "parties:alias_forget", right="master.edit"),
    )
