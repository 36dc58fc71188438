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
    path("delivery/", views.Delivery.as_view(), name="delivery"),
    path("delivery/schedules/", views.DeliveryRows.as_view(), name="delivery_rows"),
    path("delivery/report/", views.RequestDelivery.as_view(), name="delivery_request"),
    path("channel/liability/", views.Liability.as_view(), name="liability"),
    path("channel/liability/rows/", views.LiabilityRows.as_view(), name="liability_rows"),
    path("channel/liability/report/", views.RequestLiability.as_view(), name="liability_request"),
    path("waiting/", views.Waiting.as_view(), name="waiting"),
    path("search/", views.Search.as_view(), name="search"),
    path("reports/mail/", views.SubscriptionList.as_view(), name="subscription_list"),
    path("reports/mail/new/", views.CreateSubscription.as_view(), name="subscription_create"),
    path("reports/mail/<int:pk>/", views.EditSubscription.as_view(), name="subscription_edit"),
    path("reports/mail/<int:pk>/stop/", views.StopSubscription.as_view(), name="subscription_stop"),
    path("reports/mail/<int:pk>/resume/", views.ResumeSubscription.as_view(), name="subscription_resume"),
    path("reports/mail/sent/", views.DeliveryList.as_view(), name="delivery_list"),
    path("reports/mail/sent/<int:pk>/again/", views.SendAgain.as_view(), name="delivery_again"),
]
