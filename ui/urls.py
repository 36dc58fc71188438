"""Addresses outside any tenant: what one person prefers."""

from django.urls import path

from ui.theme import set_theme

app_name = "ui"

urlpatterns = [
    path("preferences/theme", set_theme, name="theme"),
]
