from functools import cache

import django_filters

from people.histories import kinds_by_table
from people.schema import table_words
from tenancy.choices import Role
from tenancy.models import AuditEntry, Invitation, Member
from ui.day_filters import InstantSpanFilter


@cache
def kinds_of_rows() -> list[tuple[str, str]]:
    return sorted(((table, table_words(table)) for table in kinds_by_table()), key=lambda choice: choice[1])


def people() -> list[tuple[int, str]]:
    members = Member.objects.select_related("user").order_by("user__email")
    return [(member.pk, str(member.user)) for member in members]


class MemberFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="user__email", lookup_expr="icontains", label="E-mail")
    role = django_filters.ChoiceFilter(choices=Role.choices, label="Role")
    is_active = django_filters.BooleanFilter(label="Active")

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()


class InvitationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="email", lookup_expr="icontains", label="E-mail")
    role = django_filters.ChoiceFilter(choices=Role.choices, label="Role")

    class Meta:
        model = Invitation
        fields: tuple[str, ...] = ()


class AuditFilter(django_filters.FilterSet):
    """One row's history is `?table=…&row=…`, one person's doings `?member=…`."""

    table = django_filters.ChoiceFilter(field_name="table_name", label="Kind of record", choices=kinds_of_rows)
    row = django_filters.NumberFilter(field_name="row_id", label="Number of the row")
    member = django_filters.ChoiceFilter(field_name="member_id", label="By whom", choices=people)
    action = django_filters.ChoiceFilter(
        choices=[("insert", "Created"), ("update", "Changed"), ("delete", "Deleted")], label="What happened"
    )
    at = InstantSpanFilter(field_name="at", label="When")

    class Meta:
        model = AuditEntry
        fields: tuple[str, ...] = ()
