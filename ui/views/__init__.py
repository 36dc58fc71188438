"""Generic pages. An app's view names its parts (queryset, filter set, form, table, right) and little else."""

from ui.views.access import PermittedView
from ui.views.confirm import ConfirmPost
from ui.views.conflict import Compared, conflict_response
from ui.views.detail import DetailPage
from ui.views.form import FormPage
from ui.views.list import EXPORT_SELECTED, EmptyAction, ListPage

__all__ = [
    "EXPORT_SELECTED",
    "Compared",
    "ConfirmPost",
    "DetailPage",
    "EmptyAction",
    "FormPage",
    "ListPage",
    "PermittedView",
    "conflict_response",
]
