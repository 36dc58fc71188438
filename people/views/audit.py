from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from people.filters import AuditFilter
from people.tables import AuditTable
from tenancy.models import AuditEntry, Member
from tenancy.rights import SEE_COST
from ui.views import ListPage


class AuditList(ListPage):
    """Who changed which master data, from what to what; one row or one member by the address's query."""

    permission = "audit.view"
    model = AuditEntry
    heading = "Audit trail"
    table_class = AuditTable
    filterset_class = AuditFilter
    orderings = {"when": ("pk",)}
    default_ordering = "-when"
    empty_title = "No change was recorded"
    empty_text = "Every change of master data, members and invitations shows up here."

    def get_queryset(self) -> QuerySet[AuditEntry]:
        member = Member.objects.filter(pk=OuterRef("member_id"))
        name = Coalesce(NullIf("user__name", Value("")), "user__email", output_field=CharField())
        who = Subquery(member.values_list(name))
        return AuditEntry.objects.annotate(who=who, sees_cost=Value(self.member.may(SEE_COST)))
