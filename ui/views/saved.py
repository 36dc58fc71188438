"""Saving how a list is shown, and changing or deleting what one has saved."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from ui.actions.change_view import change_view
from ui.actions.delete_view import delete_view
from ui.actions.save_view import ViewRefused, save_view
from ui.forms import SaveViewForm, ViewForm
from ui.models import SavedView
from ui.saved_views import SavedViewTable
from ui.views.confirm import ConfirmPost
from ui.views.form import FormPage
from ui.views.list import ListPage


class SavedViewList(ListPage):
    permission = None
    model = SavedView
    heading = "Your saved views"
    table_class = SavedViewTable
    orderings = {"list": ("page", "pk")}
    default_ordering = "list"
    empty_title = "No saved views yet"
    empty_text = "Filter a list, choose its columns, and save it there under a name."

    def get_queryset(self) -> QuerySet[SavedView]:
        return SavedView.objects.filter(member=self.member)


class SaveView(FormPage):
    """Reached from a list's own form; opened by hand it asks for a list first."""

    permission = None
    heading = "Save this view"
    form_class = SaveViewForm
    refusals = (ViewRefused,)
    success_message = "View saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"slug": self.tenant.slug, "may_share": self.member.may("views.share")}

    def get_initial(self) -> dict[str, Any]:
        return {"at": self.request.GET.get("at", "")}

    def execute(self, form: Any) -> str:
        page, path, query = form.cleaned_data["at"]
        saved = save_view(
            by=self.member,
            page=page,
            name=form.cleaned_data["name"],
            query=query,
            is_default=form.cleaned_data["is_default"],
            is_shared=form.is_share_asked,
        )
        return f"{path}?view={saved.pk}"


class OwnView:
    """A saved view of the member's own; anybody else's is not there to be changed."""

    kwargs: dict[str, Any]
    member: Any

    @cached_property
    def saved(self) -> SavedView:
        return get_object_or_404(SavedView, pk=self.kwargs["pk"], member=self.member)


class ChangeView(OwnView, FormPage):
    permission = None
    template_name = "ui/saved_view.html"
    heading = "Saved view"
    form_class = ViewForm
    refusals = (ViewRefused,)
    success_message = "View saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"may_share": self.member.may("views.share") or self.saved.is_shared}

    def get_initial(self) -> dict[str, Any]:
        saved = self.saved
        return {"name": saved.name, "is_default": saved.is_default, "is_shared": saved.is_shared}

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"saved": self.saved}

    def execute(self, form: Any) -> str:
        given = form.cleaned_data
        change_view(
            view=self.saved,
            by=self.member,
            name=given["name"],
            is_default=given["is_default"],
            is_shared=form.is_share_asked,
        )
        return self.url("saved:view_list")


class DeleteView(OwnView, ConfirmPost):
    permission = None
    heading = "Delete the view"
    submit_label = "Delete"
    is_destructive = True
    success_message = "View deleted."

    def get_question(self) -> str:
        shared = " Everybody here loses it." if self.saved.is_shared else ""
        return f"“{self.saved.name}” is forgotten; the rows it shows stay.{shared}"

    def get_cancel_url(self) -> str:
        return self.url("saved:view_change", self.saved.pk)

    def execute(self, form: Any) -> str:
        delete_view(view=self.saved)
        return self.url("saved:view_list")
