from django.urls import URLPattern

app_name = "channel_inventory"

urlpatterns: list[URLPattern] = []
