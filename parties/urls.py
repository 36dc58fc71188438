from django.urls import path

from parties import views

app_name = "parties"

urlpatterns = [
    path("parties/", views.PartyList.as_view(), name="party_list"),
    path("parties/new/", views.CreateParty.as_view(), name="party_create"),
    path("parties/<int:pk>/", views.PartyDetail.as_view(), name="party_detail"),
    path("parties/<int:pk>/edit/", views.EditParty.as_view(), name="party_edit"),
    path("parties/<int:pk>/alias/", views.AddAlias.as_view(), name="alias_add"),
    path("parties/<int:pk>/merge/", views.MergeParty.as_view(), name="party_merge"),
    path("parties/<int:party>/locations/new/", views.AddLocation.as_view(), name="location_add"),
    path("parties/<int:party>/locations/<int:pk>/", views.LocationDetail.as_view(), name="location_detail"),
    path("parties/<int:party>/locations/<int:pk>/edit/", views.EditLocation.as_view(), name="location_edit"),
    path("parties/<int:party>/people/new/", views.AddContact.as_view(), name="contact_add"),
    path("parties/<int:party>/people/<int:pk>/", views.EditContact.as_view(), name="contact_edit"),
    path("parties/<int:party>/people/<int:pk>/remove/", views.RemoveContact.as_view(), name="contact_remove"),
    path("contacts/", views.ContactList.as_view(), name="contact_list"),
    path("aliases/", views.AliasList.as_view(), name="alias_list"),
    path("aliases/new/", views.CreateAlias.as_view(), name="alias_create"),
    path("aliases/<int:pk>/forget/", views.ForgetAlias.as_view(), name="alias_forget"),
    path("locations/", views.LocationList.as_view(), name="location_list"),
]
