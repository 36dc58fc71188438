from typing import Any, cast

from django import forms

from metrics.choices import Cadence, MailedReport, SpanKind
from metrics.fields import FamilyByCode, PartyByCode, ProductBySku
from metrics.mailing.subscriptions import Wanted
from metrics.models import ReportSubscription
from tenancy.choices import Role, Weekday
from tenancy.models import Member

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class MemberChoice(forms.ModelChoiceField):
    def label_from_instance(self, member: Member) -> str:
        return f"{member.user.email}, {member.get_role_display()}"


class SubscriptionForm(forms.Form):
    """Who gets the figures by e-mail, when, and of what. Parties and products are named by their codes."""

    layout = (
        ("To whom", ("name", "member", "email", "party")),
        ("When", ("cadence", "weekday", "hour", "span")),
        ("What", ("report", "has_pdf", "has_xlsx", "end_buyer", "family", "product")),
    )

    name = forms.CharField(label="Subject", max_length=80, initial="Bookings, billings and backlog")
    member = MemberChoice(label="Member", required=False, queryset=None, empty_label="An address outside")
    email = forms.EmailField(label="Address outside", required=False, help_text="Instead of a member")
    party = PartyByCode(
        label="Sell-to",
        help_text="Code. An address outside gets the figures of this sell-to alone; a partner always its own",
    )
    cadence = forms.ChoiceField(label="How often", choices=Cadence)
    weekday = forms.TypedChoiceField(
        label="Day of the week", choices=Weekday, coerce=int, initial=0, help_text="If weekly"
    )
    hour = forms.TypedChoiceField(label="At", choices=HOURS, coerce=int, initial=6, help_text="On the tenant's clock")
    span = forms.ChoiceField(label="Figures of", choices=SpanKind, help_text="Up to the day before the mail")
    report = forms.ChoiceField(label="Report", required=False, choices=MailedReport, initial=MailedReport.BOOKINGS)
    has_pdf = forms.BooleanField(label="PDF", required=False, initial=True)
    has_xlsx = forms.BooleanField(label="Workbook", required=False)
    end_buyer = PartyByCode(label="End buyer")
    family = FamilyByCode()
    product = ProductBySku()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        active = Member.objects.filter(is_active=True).exclude(role=Role.DOCK)
        self.member_field.queryset = active.select_related("user").order_by("user__email")

    @property
    def member_field(self) -> MemberChoice:
        return cast("MemberChoice", self.fields["member"])

    def clean_name(self) -> str:
        """On one line: a mail with more of them in its subject is never sent."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_report(self) -> str:
        return self.cleaned_data["report"] or MailedReport.BOOKINGS

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def wanted(self) -> Wanted:
        """Of a valid form."""
        return Wanted(**{name: self.cleaned_data[name] for name in self.base_fields})


def initial_of(subscription: ReportSubscription) -> dict[str, Any]:
    """What the form of an existing subscription begins with."""
    same = ("name", "report", "email", "cadence", "weekday", "hour", "span", "has_pdf", "has_xlsx")
    found = {name: getattr(subscription, name) for name in same}
    party, end_buyer, family, product = (
        subscription.party, subscription.end_buyer, subscription.family, subscription.product,
    )  # fmt: skip
    return {
        **found,
        "member": subscription.member_id,
        "party": party.code if party else "",
        "end_buyer": end_buyer.code if end_buyer else "",
        "family": family.code if family else "",
        "product": product.sku if product else "",
    }
