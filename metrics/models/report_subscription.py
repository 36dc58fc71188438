from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from metrics.choices import Cadence, MailedReport, SpanKind
from tenancy.choices import Weekday
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class ReportSubscription(TenantModel):
    """Who gets the figures by e-mail, how often and of what.

    The recipient is a member, or an address outside. With `party` the figures are those of that sell-to alone; an
    outsider always has one, its own. `hour` and `weekday` are on the tenant's clock. Mails are due from `since` on:
    what fell due before it was asked for, or while it was stopped, is not sent late.
    """

    name = models.CharField(max_length=80)
    report = models.CharField(max_length=30, choices=MailedReport, default=MailedReport.BOOKINGS)
    member = TenantKey("tenancy.Member", null=True, blank=True)
    email = models.EmailField(blank=True, help_text="An address outside, instead of a member")
    party = TenantKey("parties.Party", null=True, blank=True)
    cadence = models.CharField(max_length=10, choices=Cadence)
    weekday = models.PositiveSmallIntegerField(choices=Weekday, default=Weekday.MONDAY)
    hour = models.PositiveSmallIntegerField(default=6, validators=[MaxValueValidator(23)])
    span = models.CharField(max_length=7, choices=SpanKind, default=SpanKind.PERIOD)
    has_pdf = models.BooleanField(default=True)
    has_xlsx = models.BooleanField(default=False)
    end_buyer = TenantKey("parties.Party", null=True, blank=True)
    family = TenantKey("catalog.ProductFamily", null=True, blank=True)
    product = TenantKey("catalog.Product", null=True, blank=True)
    is_active = models.BooleanField(default=True)
    since = models.DateTimeField()
    stopped_reason = models.CharField(max_length=120, blank=True)
    created_by = TenantKey("tenancy.Member", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, email="") | (Q(member__isnull=True) & ~Q(email="")),
                name="subscription_one_recipient",
            ),
            # an address outside never gets everybody's figures
            models.CheckConstraint(
                condition=Q(email="") | Q(party__isnull=False), name="subscription_outside_has_party"
            ),
            models.CheckConstraint(condition=Q(has_pdf=True) | Q(has_xlsx=True), name="subscription_has_a_file"),
            models.CheckConstraint(condition=Q(hour__lte=23, weekday__lte=6), name="subscription_time_exists"),
        ]
        indexes = [
            models.Index(fields=["tenant", "id"], name="subscription_active", condition=Q(is_active=True)),
        ]

    def __str__(self) -> str:
        return self.name
