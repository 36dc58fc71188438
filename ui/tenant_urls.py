"""Addresses of this floor within a tenant."""

from django.urls import path

from ui.views.saved import ChangeView, DeleteView, SavedViewList, SaveView

app_name = "saved"

urlpatterns = [
    path("views/", SavedViewList.as_view(), name="view_list"),
    path("views/save/", SaveView.as_view(), name="view_save"),
    path("views/<int:pk>/", ChangeView.as_view(), name="view_change"),
    path("views/<int:pk>/delete/", DeleteView.as_view(), name="view_delete"),
]
