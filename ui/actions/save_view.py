from tenancy.models import Member
from ui.models import QUERY_LENGTH, SavedView

MOST_VIEWS = 30


class ViewRefused(ValueError):
    """The view cannot be kept; `field` is the form's."""

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.field = field


def save_view(*, by: Member, page: str, name: str, query: str, is_default: bool, is_shared: bool) -> SavedView:
    """Keep a list as it is shown now; a view of the member's with this name is replaced. Raises ViewRefused."""
    check(by=by, query=query, is_shared=is_shared)
    own = SavedView.objects.filter(member=by, page=page)
    if not own.filter(name=name).exists() and own.count() >= MOST_VIEWS:
        raise ViewRefused(f"You have {MOST_VIEWS} views of this list: delete one first.")
    if is_default:
        own.update(is_default=False)
    values = {"query": query, "is_default": is_default, "is_shared": is_shared}
    found, _ = SavedView.objects.update_or_create(member=by, page=page, name=name, defaults=values)
    return found


def check(*, by: Member, query: str, is_shared: bool) -> None:
    if is_shared and not by.may("views.share"):
        raise ViewRefused("Sharing views with everybody is a right that you do not have.", "is_shared")
    if len(query) > QUERY_LENGTH:
        raise ViewRefused("These filters and columns are too long to be kept.")
