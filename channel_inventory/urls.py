from django.urls import URLPattern, path

from channel_inventory.views import pos, reports, stock

app_name = "channel_inventory"

urlpatterns: list[URLPattern] = [
    path("reports/", reports.ReportList.as_view(), name="report_list"),
    path("pos/", pos.PosList.as_view(), name="pos_list"),
    path("pos/<int:pk>/", pos.PosDetail.as_view(), name="pos_detail"),
    *stock.urlpatterns,
]
