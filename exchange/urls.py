from django.urls import path

from exchange import views

app_name = "exchange"

urlpatterns = [
    path("files/", views.BatchList.as_view(), name="batch_list"),
    path("files/upload/", views.Upload.as_view(), name="upload"),
    path("files/template/", views.Template.as_view(), name="template"),
    path("files/export/", views.Export.as_view(), name="export"),
    path("files/partners/", views.TradingPartnerList.as_view(), name="trading_partner_list"),
    path("files/partners/new/", views.AddTradingPartner.as_view(), name="trading_partner_add"),
    path("files/partners/<int:pk>/", views.TradingPartnerDetail.as_view(), name="trading_partner_detail"),
    path("files/partners/<int:pk>/edit/", views.EditTradingPartner.as_view(), name="trading_partner_edit"),
    path("files/<int:pk>/", views.BatchDetail.as_view(), name="batch_detail"),
    path("files/<int:pk>/accept/", views.AcceptBatch.as_view(), name="batch_accept"),
    path("files/<int:pk>/check/", views.CheckBatch.as_view(), name="batch_check"),
    path("files/<int:pk>/columns/", views.MapColumns.as_view(), name="batch_columns"),
    path("files/<int:pk>/discard/", views.DiscardBatch.as_view(), name="batch_discard"),
    path("files/<int:pk>/errors/", views.ErrorFile.as_view(), name="batch_errors"),
    path("files/<int:pk>/missing/", views.Missing.as_view(), name="batch_missing"),
]
