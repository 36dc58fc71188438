from django.urls import path

from pricing import views

app_name = "pricing"

urlpatterns = [
    path("prices/", views.PriceListList.as_view(), name="price_list_list"),
    path("prices/new/", views.CreatePriceList.as_view(), name="price_list_create"),
    path("prices/ask/", views.AskPrice.as_view(), name="price_ask"),
    path("prices/<int:pk>/", views.PriceListDetail.as_view(), name="price_list_detail"),
    path("prices/<int:pk>/price/", views.SetListPrice.as_view(), name="list_price_set"),
    path("prices/<int:pk>/edit/", views.EditPriceList.as_view(), name="price_list_edit"),
    path("prices/<int:pk>/price/<int:item>/", views.ChangeListPrice.as_view(), name="list_price_change"),
    path("prices/assigned/", views.AssignmentList.as_view(), name="assignment_list"),
    path("prices/assigned/<int:pk>/", views.EditAssignment.as_view(), name="assignment_edit"),
    path("prices/<int:pk>/assign/", views.AssignPriceList.as_view(), name="price_list_assign"),
    path("agreements/", views.AgreementList.as_view(), name="agreement_list"),
    path("agreements/new/", views.CreateAgreement.as_view(), name="agreement_create"),
    path("agreements/<int:pk>/", views.AgreementDetail.as_view(), name="agreement_detail"),
    path("agreements/<int:pk>/edit/", views.EditAgreement.as_view(), name="agreement_edit"),
    path("agreements/<int:pk>/revise/", views.ReviseAgreement.as_view(), name="agreement_revise"),
    path("agreements/<int:pk>/submit/", views.SubmitAgreement.as_view(), name="agreement_submit"),
    path("agreements/<int:pk>/approve/", views.ApproveAgreement.as_view(), name="agreement_approve"),
    path("agreements/<int:pk>/return/", views.ReturnAgreement.as_view(), name="agreement_return"),
    path("agreements/<int:pk>/close/", views.CloseAgreement.as_view(), name="agreement_close"),
    path("rates/", views.FxRateList.as_view(), name="rate_list"),
    path("rates/new/", views.CreateFxRate.as_view(), name="rate_create"),
    path("rates/<int:pk>/", views.EditFxRate.as_view(), name="rate_edit"),
]
