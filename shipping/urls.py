from django.urls import path

from shipping import views

app_name = "shipping"

urlpatterns = [
    path("terms/", views.TermsList.as_view(), name="terms_list"),
    path("terms/new/", views.CreateTerms.as_view(), name="terms_create"),
    path("terms/<int:pk>/", views.TermsDetail.as_view(), name="terms_detail"),
    path("terms/<int:pk>/edit/", views.EditTerms.as_view(), name="terms_edit"),
    path("rules/", views.RuleList.as_view(), name="rule_list"),
    path("rules/new/", views.CreateRule.as_view(), name="rule_create"),
    path("rules/try/", views.TryTerms.as_view(), name="try_terms"),
    path("rules/<int:pk>/", views.RuleDetail.as_view(), name="rule_detail"),
    path("rules/<int:pk>/edit/", views.EditRule.as_view(), name="rule_edit"),
    path("freight-accounts/", views.FreightAccountList.as_view(), name="account_list"),
    path("freight-accounts/new/", views.CreateAccount.as_view(), name="account_create"),
    path("freight-accounts/<int:pk>/", views.AccountDetail.as_view(), name="account_detail"),
    path("freight-accounts/<int:pk>/edit/", views.EditAccount.as_view(), name="account_edit"),
    path("carriers/", views.CarrierList.as_view(), name="carrier_list"),
    path("carriers/new/", views.CreateCarrier.as_view(), name="carrier_create"),
    path("carriers/<int:pk>/", views.CarrierDetail.as_view(), name="carrier_detail"),
    path("carriers/<int:pk>/edit/", views.EditCarrier.as_view(), name="carrier_edit"),
]
