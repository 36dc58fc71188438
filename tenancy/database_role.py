"""Which database role may serve: row-level security is void for a superuser, and open for the owner."""

from django.db.backends.base.base import BaseDatabaseWrapper

OWNER_ROLE = "oms_owner"


class PrivilegedRoleError(RuntimeError):
    pass


def refuse_privileged_role(connection: BaseDatabaseWrapper) -> None:
    """Raise PrivilegedRoleError when the connection could step around row-level security."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT role.rolname, role.rolsuper, role.rolbypassrls,
                   pg_has_role(database.datdba, 'USAGE')
              FROM pg_roles role, pg_database database
             WHERE role.rolname = current_user AND database.datname = current_database()
            """
        )
        role, superuser, bypasses, owns = cursor.fetchone()
    reasons = {
        "is a superuser": superuser,
        "bypasses row-level security": bypasses,
        "owns the database": owns or role == OWNER_ROLE,
    }
    for reason, holds in reasons.items():
        if holds:
            raise PrivilegedRoleError(f"The role {role} {reason}. Web and workers run as oms_app: check DATABASE_URL.")
