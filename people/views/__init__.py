from people.views.accept import AcceptInvitation
from people.views.audit import AuditList
from people.views.history import RecordHistory
from people.views.home import TenantHome, home
from people.views.invitations import InvitationList, Invite, WithdrawInvitation
from people.views.members import ChangeMember, DeactivateMember, MemberList, ReactivateMember
from people.views.preferences import Preferences
from people.views.roles import RoleRights
from people.views.tenant import TenantSettings
from people.views.unsent import ShowUnsent

__all__ = [
    "AcceptInvitation",
    "AuditList",
    "ChangeMember",
    "DeactivateMember",
    "InvitationList",
    "Invite",
    "MemberList",
    "Preferences",
    "ReactivateMember",
    "RecordHistory",
    "RoleRights",
    "ShowUnsent",
    "TenantHome",
    "TenantSettings",
    "WithdrawInvitation",
    "home",
]
