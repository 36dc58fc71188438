from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from exchange.views.masters import MasterList
from parties.actions.add_alias import add_alias
from parties.actions.forget_alias import forget_alias
from parties.errors import PartyRefusal
from parties.filters import AliasFilter
from parties.forms import NewAliasForm
from parties.models import PartyAlias
from parties.tables import AliasTable
from ui.views import ConfirmPost, FormPage


class AliasList(MasterList):
    model = PartyAlias
    heading = "Aliases"
    within = ("Parties", "parties:party_list")
    table_class = AliasTable
    filterset_class = AliasFilter
    create_name = "parties:alias_create"
    create_label = "New alias"
    file_kind = "aliases"
    orderings = {"alias": ("normalised", "pk")}
    default_ordering = "alias"
    empty_title = "No aliases yet"
    empty_text = "A name that files use and that is not ours; learnt once, it resolves the same text next time."

    def get_queryset(self) -> QuerySet[Any]:
        return PartyAlias.objects.select_related("party", "reported_by")


class CreateAlias(FormPage):
    permission = "master.edit"
    heading = "New alias"
    form_class = NewAliasForm
    submit_label = "Learn it"
    refusals = (PartyRefusal,)
    asks_reason = True

    def get_cancel_url(self) -> str:
        return self.url("parties:alias_list")

    def execute(self, form: Any) -> str:
        add_alias(party_id=form.cleaned_data["party"].pk, by=self.member, at=self.now(), **form.values())
        return self.get_cancel_url()


class ForgetAlias(ConfirmPost):
    permission = "master.edit"
    submit_label = "Forget it"
    is_destructive = True
    asks_reason = True

    @cached_property
    def alias(self) -> PartyAlias:
        return get_object_or_404(PartyAlias.objects.select_related("party"), pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return f"Forget “{self.alias.alias}”"

    def get_question(self) -> str:
        return f"Files that say so will not be understood as {self.alias.party.name} any more. What was resolved stays."

    def get_cancel_url(self) -> str:
        return self.url("parties:alias_list")

    def execute(self, form: Any) -> str:
        forget_alias(alias_id=self.alias.pk, by=self.member, at=self.now())
        return self.get_cancel_url()
