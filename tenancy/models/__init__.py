from tenancy.models.audit import AuditEntry
from tenancy.models.base import BulkModel, TenantModel
from tenancy.models.click import Click
from tenancy.models.counter import Counter
from tenancy.models.invitation import Invitation
from tenancy.models.member import Member
from tenancy.models.tenant import Tenant
from tenancy.models.user import User

__all__ = ["AuditEntry", "BulkModel", "Click", "Counter", "Invitation", "Member", "Tenant", "TenantModel", "User"]
