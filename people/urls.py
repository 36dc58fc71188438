from django.urls import path

from people import views

app_name = "people"

urlpatterns = [
    path("", views.TenantHome.as_view(), name="tenant_home"),
    path("settings/", views.TenantSettings.as_view(), name="tenant_settings"),
    path("people/", views.MemberList.as_view(), name="member_list"),
    path("people/<int:pk>/", views.ChangeMember.as_view(), name="member_change"),
    path("people/<int:pk>/deactivate/", views.DeactivateMember.as_view(), name="member_deactivate"),
    path("people/<int:pk>/reactivate/", views.ReactivateMember.as_view(), name="member_reactivate"),
    path("people/invitations/", views.InvitationList.as_view(), name="invitation_list"),
    path("people/invite/", views.Invite.as_view(), name="invite"),
    path("people/invitations/<int:pk>/withdraw/", views.WithdrawInvitation.as_view(), name="invitation_withdraw"),
    path("people/roles/", views.RoleRights.as_view(), name="roles"),
    path("people/audit/", views.AuditList.as_view(), name="audit_list"),
    path("history/<slug:kind>/<int:pk>/", views.RecordHistory.as_view(), name="history"),
    path("people/preferences/", views.Preferences.as_view(), name="preferences"),
]
