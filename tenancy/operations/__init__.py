"""Migration operations that put a table under the house rules: isolation, append-only, audit.

They are written once here so that a migration reads as a list of promises, and each promise is tested from
`pg_catalog`.
"""

from tenancy.operations.audit import Audited, AuditedDecisions, AuditedPart
from tenancy.operations.keys import AddTenantKeys
from tenancy.operations.per_table import AppendOnly
from tenancy.operations.policies import INSIDER, PARTY, TENANT, USER, LimitOutsiders, ProtectTables

__all__ = [
    "INSIDER",
    "PARTY",
    "TENANT",
    "USER",
    "AddTenantKeys",
    "AppendOnly",
    "Audited",
    "AuditedDecisions",
    "AuditedPart",
    "LimitOutsiders",
    "ProtectTables",
]
