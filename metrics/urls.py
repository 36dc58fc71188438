from django.urls import path

from metrics import views

app_name = "metrics"

urlpatterns = [
    path("bookings/", views.Bookings.as_view(), name="bookings"),
    path("bookings/rows/", views.LedgerRows.as_view(), name="ledger_rows"),
    path("bookings/backlog/", views.Backlog.as_view(), name="backlog"),
    path("bookings/unbilled/", views.Unbilled.as_view(), name="unbilled"),
    path("bookings/snapshots/", views.RunList.as_view(), name="run_list"),
    path("bookings/report/", views.RequestReport.as_view(), name="report_request"),
    path("search/", views.Search.as_view(), name="search"),
]
