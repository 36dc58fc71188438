from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.forms import Form
from django.shortcuts import get_object_or_404

from exchange.views.masters import MasterList, Way
from parties.actions.add_alias import add_alias
from parties.actions.create_party import create_party
from parties.actions.merge_party import merge_party
from parties.actions.save_party import save_party
from parties.errors import PartyRefusal
from parties.filters import PartyFilter
from parties.forms import AliasForm, MergeForm, PartyForm
from parties.models import Party, PartyAlias, PartyRoleFact
from parties.tables import PartyTable
from ui.views import ConfirmPost, DetailPage, FormPage

MOST_SHOWN = 200


def roles_in_order() -> Prefetch:
    return Prefetch("role_facts", PartyRoleFact.objects.order_by("role"))


class PartyList(MasterList):
    model = Party
    heading = "Parties"
    table_class = PartyTable
    filterset_class = PartyFilter
    create_name = "parties:party_create"
    create_label = "New party"
    file_kind = "parties"
    ways = (
        Way("People", "parties:contact_list", "user-group"),
        Way("Aliases", "parties:alias_list", "tag"),
    )
    orderings = {"code": ("code", "pk"), "name": ("normalised_name", "pk")}
    default_ordering = "code"
    empty_title = "No parties yet"
    empty_text = "Enter the first one, or upload a file of them."

    def get_queryset(self) -> QuerySet[Any]:
        living = Party.objects.filter(merged_into__isnull=True)
        return living.select_related("parent").prefetch_related(roles_in_order())


class PartyDetail(DetailPage):
    permission = "master.view"
    model = Party
    template_name = "parties/detail.html"

    def get_queryset(self) -> QuerySet[Any]:
        return Party.objects.select_related("parent", "merged_into").prefetch_related(roles_in_order())

    def get_context(self, found: Party) -> dict[str, Any]:
        aliases = PartyAlias.objects.filter(party=found).select_related("reported_by").order_by("alias", "pk")
        branches = Party.objects.filter(parent=found, merged_into__isnull=True).order_by("code")
        return {
            "locations": found.locations.order_by("code")[:MOST_SHOWN],
            "aliases": aliases[:MOST_SHOWN],
            "branches": branches[:MOST_SHOWN],
            "contacts": found.contacts.order_by("name")[:MOST_SHOWN],
        }


class PartyFormPage(FormPage):
    permission = "master.edit"
    form_class: ClassVar[type[Form]] = PartyForm
    asks_reason = True
    refusals = (PartyRefusal,)

    def party(self) -> Party:
        return get_object_or_404(Party, pk=self.kwargs["pk"])

    def party_url(self, party: Party) -> str:
        return self.url("parties:party_detail", party.pk)

    def get_cancel_url(self) -> str:
        pk = self.kwargs.get("pk")
        return self.url("parties:party_detail", pk) if pk else self.url("parties:party_list")


class CreateParty(PartyFormPage):
    heading = "New party"

    def execute(self, form: Any) -> str:
        return self.party_url(create_party(by=self.member, at=self.now(), **form.cleaned_data))


class EditParty(PartyFormPage):
    def get_heading(self) -> str:
        return self.party().name

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"fixed_code": self.party().code}

    def get_initial(self) -> dict[str, Any]:
        party = self.party()
        names = [name for name in PartyForm.base_fields if name != "roles"]
        roles = list(party.role_facts.values_list("role", flat=True))
        return {**{name: getattr(party, name) for name in names}, "roles": roles}

    def execute(self, form: Any) -> str:
        values = {name: value for name, value in form.cleaned_data.items() if name != "code"}
        return self.party_url(save_party(party_id=self.party().pk, by=self.member, at=self.now(), **values))


class AddAlias(PartyFormPage):
    form_class = AliasForm
    submit_label = "Learn it"

    def get_heading(self) -> str:
        return f"Another name for {self.party().name}"

    def execute(self, form: Any) -> str:
        party = self.party()
        add_alias(party_id=party.pk, by=self.member, at=self.now(), **form.values())
        return self.party_url(party)


class MergeParty(PartyFormPage, ConfirmPost):
    form_class = MergeForm
    template_name = "ui/confirm.html"
    submit_label = "Merge"
    is_destructive = True

    def get_heading(self) -> str:
        return f"Merge {self.party().name} into another party"

    def get_question(self) -> str:
        return (
            "Its orders and ledger rows keep its name; reports show the other party from now on. Its code, aliases, "
            "people, prices, part numbers, freight accounts and shipping rules lead there; its places stay with its "
            "old name. This cannot be undone."
        )

    def execute(self, form: Any) -> str:
        survivor = form.cleaned_data["survivor"]
        merge_party(loser_id=self.party().pk, survivor_id=survivor.pk, by=self.member, at=self.now())
        return self.party_url(survivor)
