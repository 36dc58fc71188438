from tenancy.models import Member
from ui.actions.save_view import ViewRefused, check
from ui.models import SavedView


def change_view(*, view: SavedView, by: Member, name: str, is_default: bool, is_shared: bool) -> SavedView:
    """Rename one's own view, make it the default or share it. Raises ViewRefused."""
    if view.is_shared != is_shared:
        check(by=by, query=view.query, is_shared=is_shared)
    others = SavedView.objects.filter(member=by, page=view.page).exclude(pk=view.pk)
    if others.filter(name=name).exists():
        raise ViewRefused(f"You have another view “{name}” of this list.", "name")
    if is_default:
        others.update(is_default=False)
    view.name, view.is_default, view.is_shared = name, is_default, is_shared
    view.save(update_fields=["name", "is_default", "is_shared"])
    return view
