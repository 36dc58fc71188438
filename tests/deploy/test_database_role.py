import pytest
from django.db import DatabaseError, connection, connections, transaction

from tenancy.database_role import PrivilegedRoleError, refuse_privileged_role


@pytest.mark.django_db
def test_tests_log_in_as_the_plain_role():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT session_user, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("oms_app", False, False, False)


@pytest.mark.django_db(databases=["default", "owner"])
def test_both_aliases_meet_in_one_database():
    names = []
    for alias in ("default", "owner"):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_database()")
            names.append(cursor.fetchone()[0])
    assert names[0] == names[1]
    assert names[0].startswith("test_")


@pytest.mark.django_db
def test_plain_role_changes_no_schema():
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("CREATE TABLE mine (id int)")


@pytest.mark.django_db(transaction=True)
def test_flush_between_transactional_tests_is_allowed():
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('django_session', 'TRUNCATE')")
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db
def test_plain_role_may_serve():
    refuse_privileged_role(connection)


@pytest.mark.django_db(databases=["default", "owner"])
def test_owner_may_not_serve():
    with pytest.raises(PrivilegedRoleError, match="oms_owner owns the database"):
        refuse_privileged_role(connections["owner"])
