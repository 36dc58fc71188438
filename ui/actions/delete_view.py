from ui.models import SavedView


def delete_view(*, view: SavedView) -> None:
    view.delete()
