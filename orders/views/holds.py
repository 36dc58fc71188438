"""Holds: who may release one, and the page that does."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.utils.safestring import SafeString

from orders.actions.context import Occasion
from orders.actions.release_hold import release_hold
from orders.choices import RIGHT_TO_RELEASE, UNRELEASABLE
from orders.forms.verbs import ReleaseForm
from orders.models import Hold
from orders.views.verbs.base import OrderVerb
from tenancy.choices import Role
from tenancy.rights import RIGHTS

MENDED_BY = "Mend its cause, then check the order again"


@dataclass(frozen=True)
class HoldRow:
    hold: Hold
    may_release: bool
    who_may: str

    @property
    def is_open(self) -> bool:
        return self.hold.released_at is None


def who_may(kind: str) -> str:
    """Who releases this kind of hold, in words."""
    if kind in UNRELEASABLE:
        return MENDED_BY
    roles = [Role(role).label for role, rights in RIGHTS.items() if RIGHT_TO_RELEASE[kind] in rights]
    return f"Released by: {', '.join(roles).lower()}"


class ReleaseHold(OrderVerb):
    """The right depends on the kind of hold. Who came from the list of holds goes back to it, filters and all."""

    heading = "Release the hold"
    form_class = ReleaseForm
    submit_label = "Release"

    @cached_property
    def hold(self) -> Hold:
        holds = Hold.objects.select_related("line__product")
        return get_object_or_404(holds, pk=self.kwargs["hold"], order_id=self.kwargs["pk"])

    def required_right(self) -> str:
        return "orders.view" if self.member.is_outsider else RIGHT_TO_RELEASE[self.hold.kind]

    def get_initial(self) -> dict[str, Any]:
        return {"at": self.list_left()}

    def list_left(self) -> str:
        """The list of holds as it was left; empty where another page led here."""
        said = urlsplit(self.request.POST.get("at") or self.request.headers.get("referer", ""))
        if said.path != self.url("orders:hold_list"):
            return ""
        return f"{said.path}?{said.query}" if said.query else said.path

    def get_cancel_url(self) -> str:
        return self.list_left() or super().get_cancel_url()

    def get_success_message(self) -> str:
        return f"{self.order.number} line {self.hold.line.line_no}: hold released."

    def crumbs(self) -> SafeString:
        if not (holds := self.list_left()):
            return super().crumbs()
        order = self.url("orders:order_detail", self.order.pk)
        return format_html('<a href="{}">Holds</a> / <a href="{}">{}</a>', holds, order, self.order.number)

    def about(self) -> str:
        return f"Line {self.hold.line.line_no}, {self.hold.line.product.sku}"

    def facts(self) -> list[tuple[str, str]]:
        return [*super().facts(), ("Hold", self.hold.get_kind_display()), ("Why", self.hold.message)]

    def get_context(self, form: Any) -> dict[str, Any]:
        warning = f"{who_may(self.hold.kind)}." if self.hold.kind in UNRELEASABLE else ""
        return {**super().get_context(form), "warning": warning}

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        release_hold(hold_id=self.hold.pk, occasion=occasion)
