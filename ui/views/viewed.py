from functools import cached_property
from typing import Any, ClassVar

from ui.listing import Tab, tabs
from ui.models import SavedView
from ui.saved_views import canonical, views_for


class ViewedPage:
    """A page that opens as its member has saved it: a `PermittedView` whose state is its query string.

    `saved_views` are tabs that everybody has: a label and a query string each.
    """

    request: Any
    member: Any
    saved_views: ClassVar[tuple[tuple[str, str], ...]] = (("All", ""),)

    @cached_property
    def views(self) -> list[SavedView]:
        return list(views_for(self.member, self.request.resolver_match.view_name))

    @cached_property
    def default_view(self) -> SavedView | None:
        return next((each for each in self.views if each.is_default and each.member_id == self.member.pk), None)

    @property
    def home(self) -> str:
        """The page without filters; a bare address opens the member's default view."""
        return "?view=all" if self.default_view else "?"

    def wanted_view(self) -> SavedView | None:
        """The view that the address names, or the member's default where it names nothing."""
        if not self.request.GET:
            return self.default_view
        wanted = self.request.GET.get("view", "")
        return next((each for each in self.views if str(each.pk) == wanted), None) if wanted.isdecimal() else None

    def tabs(self) -> list[Tab]:
        offered = () if self.member.is_outsider else self.saved_views
        return tabs(offered, self.views, now=canonical(self.request.GET), home=self.home)

    def views_context(self) -> dict[str, Any]:
        return {
            "tabs": self.tabs(),
            "home": self.home,
            "here": self.request.get_full_path(),
            "may_share": self.member.may("views.share"),
        }
