import datetime as dt
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from tenancy.choices import FiscalPattern, FiscalYearEnd, Month, PriceDatePolicy, Weekday


class Tenant(models.Model):
    """The manufacturer that uses the system. Every business row belongs to exactly one."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=200, blank=True)
    address = models.TextField(blank=True)
    tax_number = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True)
    currency = models.CharField(max_length=3, help_text="Reporting currency, ISO 4217")
    timezone = models.CharField(max_length=64, default="UTC")
    fiscal_pattern = models.CharField(max_length=8, choices=FiscalPattern, default=FiscalPattern.CALENDAR)
    fiscal_start_month = models.PositiveSmallIntegerField(choices=Month, default=Month.JANUARY)
    fiscal_end_weekday = models.PositiveSmallIntegerField(
        choices=Weekday, default=Weekday.SATURDAY, help_text="Last day of a fiscal week"
    )
    fiscal_year_end = models.CharField(max_length=8, choices=FiscalYearEnd, default=FiscalYearEnd.LAST)
    price_date_policy = models.CharField(max_length=12, choices=PriceDatePolicy, default=PriceDatePolicy.ORDER_DATE)
    back_date_days = models.PositiveSmallIntegerField(
        default=30,
        help_text="Older dates are refused when typed, and wait for an accept when they come in a file",
    )
    credit_horizon_days = models.PositiveSmallIntegerField(
        default=30, help_text="Credit exposure counts open backlog due within so many days"
    )
    nightly_hour = models.PositiveSmallIntegerField(
        default=1,
        validators=[MaxValueValidator(23)],
        help_text="Local hour at which the night's figures are made",
    )
    closed_through = models.DateField(null=True, blank=True, help_text="Last day of the newest closed period")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(nightly_hour__lte=23, fiscal_start_month__range=(1, 12), fiscal_end_weekday__lte=6),
                name="tenant_clock_and_calendar_exist",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def today(self, at: dt.datetime) -> dt.date:
        """The business date of an instant: the tenant's own calendar day."""
        return at.astimezone(self.zone).date()

    def posting_date(self, day: dt.date) -> dt.date:
        """Rows dated into a closed period post to the first open day."""
        if self.closed_through and day <= self.closed_through:
            return self.closed_through + dt.timedelta(days=1)
        return day
