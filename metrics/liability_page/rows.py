"""The ledger rows behind a figure of the liability: how they are narrowed, shown and summed."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from channel_inventory.choices import LiabilityEntry, LiabilityKind
from channel_inventory.models import LiabilityLedger
from channel_inventory.reports.rebate_liability.question import midnight_after
from metrics.ledger_sums import Total, money
from metrics.narrowing import NO_END_BUYER, agreement_ids, party_ids, product_ids
from ui.addresses import address_of
from ui.cells import link
from ui.columns import Column, Date, Figure, Instant, Link, Place, ShortDate
from ui.day_filters import DayFilter
from ui.figures import EMPTY
from ui.tables import Table
from values.money import from_minor

ESTIMATED, CLAIMED = "estimated", "claimed"
BUCKETS = ((ESTIMATED, "Estimated"), (CLAIMED, "Claimed"))
# days since the claim was received: first and last, None without an end
AGES = {"30": (None, 30), "60": (31, 60), "90": (61, 90), "over": (91, None)}
AGE_CHOICES = (("30", "0–30 days"), ("60", "31–60 days"), ("90", "61–90 days"), ("over", "over 90 days"))


class LiabilityRowFilter(django_filters.FilterSet):
    """The filters of the liability page, so that a figure's rows are exactly those it sums."""

    first = DayFilter(field_name="business_date", lookup_expr="gte", label="From")
    last = DayFilter(field_name="business_date", lookup_expr="lte", label="To")
    known_on = DayFilter(method="known", label="As known on")
    entry = django_filters.MultipleChoiceFilter(
        choices=LiabilityEntry, label="Entry", widget=forms.CheckboxSelectMultiple, distinct=False
    )
    bucket = django_filters.ChoiceFilter(choices=BUCKETS, method="in_bucket", label="Bucket")
    kind = django_filters.ChoiceFilter(choices=LiabilityKind, label="Kind")
    partner = django_filters.CharFilter(
        method="of_party", label="Partner", help_text="Code; its branches are in, unless = stands before it"
    )
    end_buyer = django_filters.CharFilter(
        method="of_party", label="End buyer", help_text="Likewise, or - for none named"
    )
    agreement = django_filters.CharFilter(method="of_agreement", label="Agreement", help_text="Number, or - for none")
    product = django_filters.CharFilter(method="of_product", label="Product", help_text="SKU")
    currency = django_filters.CharFilter(field_name="currency", label="Currency")
    age = django_filters.ChoiceFilter(
        choices=AGE_CHOICES, method="of_age", label="Received", help_text="Days before the last day"
    )
    claim = django_filters.CharFilter(field_name="claim_line__claim__number", label="Claim", help_text="Number")
    credit = django_filters.CharFilter(field_name="credit__number", label="Credit memo", help_text="Number")

    class Meta:
        model = LiabilityLedger
        fields: tuple[str, ...] = ()

    def known(self, queryset: QuerySet[LiabilityLedger], name: str, day: dt.date) -> QuerySet[Any]:
        return queryset.filter(recorded_at__lt=midnight_after(day, self.request.tenant))

    def in_bucket(self, queryset: QuerySet[LiabilityLedger], name: str, bucket: str) -> QuerySet[Any]:
        return queryset.exclude(**{bucket: 0})

    def of_party(self, queryset: QuerySet[LiabilityLedger], name: str, code: str) -> QuerySet[Any]:
        return queryset.filter(among(name, party_ids(code)))

    def of_agreement(self, queryset: QuerySet[LiabilityLedger], name: str, number: str) -> QuerySet[Any]:
        return queryset.filter(among(name, agreement_ids(number)))

    def of_product(self, queryset: QuerySet[LiabilityLedger], name: str, sku: str) -> QuerySet[Any]:
        return queryset.filter(product_id__in=product_ids(sku, "") or [])

    def of_age(self, queryset: QuerySet[LiabilityLedger], name: str, age: str) -> QuerySet[Any]:
        """Before the last day asked for; without one, before today."""
        last = self.form.cleaned_data["last"] or self.request.tenant.today(timezone.now())
        newest, oldest = AGES[age]
        if oldest is not None:
            queryset = queryset.filter(received_on__gte=last - dt.timedelta(days=oldest))
        if newest is not None:
            queryset = queryset.filter(received_on__lte=last - dt.timedelta(days=newest))
        return queryset


def among(name: str, ids: list[int] | None) -> Q:
    """Of these ids; 0 stands for none named."""
    found = ids or []
    named = Q(**{f"{name}_id__in": found})
    return named | Q(**{f"{name}__isnull": True}) if NO_END_BUYER in found else named


def totals_of(rows: QuerySet[Any], bucket: str) -> list[Total]:
    """What the filtered rows add up to, by currency: the bucket asked for, or both and their sum."""
    found = rows.order_by().values("currency").annotate(estimates=Sum("estimated"), claims=Sum("claimed"))
    totals = []
    for row in found.order_by("currency"):
        currency = row["currency"]
        sums = {ESTIMATED: row["estimates"], CLAIMED: row["claims"]}
        shown = {bucket: sums[bucket]} if bucket in sums else {**sums, "both": row["estimates"] + row["claims"]}
        totals += [Total(f"{label.capitalize()}, {currency}", money(sum_, currency)) for label, sum_ in shown.items()]
    return totals


def estimated_of(row: LiabilityLedger) -> Decimal:
    return from_minor(row.estimated, row.currency)


def claimed_of(row: LiabilityLedger) -> Decimal:
    return from_minor(row.claimed, row.currency)


@dataclass(frozen=True)
class ClaimLink(Column):
    """Opens the claim at the receipt of the row's own line: what the amount was worked out from."""

    def cell(self, row: LiabilityLedger, place: Place) -> str:
        line = row.claim_line
        if line is None:
            return EMPTY
        page = address_of("channel_inventory:claim_detail", place.slug, line.claim_id)
        return link(f"{page}?line={line.pk}", self.value(row))


class LiabilityRowTable(Table):
    caption = "Liability ledger rows"
    columns = (
        Column("Row", "pk", css="num", sort="number"),
        ShortDate("Business date", "business_date"),
        Column("Entry", "get_entry_display"),
        Column("Partner", "partner.short_name", css="name"),
        Column("End buyer", "end_buyer.short_name", css="name"),
        Column("Agreement", "agreement.number"),
        Column("Product", "product.sku"),
        Figure("Estimated", estimated_of),
        Figure("Claimed", claimed_of),
        Column("Currency", "currency"),
        ClaimLink("Claim", "claim_line.claim.number"),
        Link("Credit memo", "credit.number", url_name="channel_inventory:credit_detail", args=("credit_id",)),
        ShortDate("Received", "received_on", is_extra=True),
        Date("Resold in the period from", "period", is_extra=True),
        Date("Event date", "event_date", is_extra=True),
        Column("Reverses row", "reverses_id", css="num", is_extra=True),
        Column("Kind", "get_kind_display", is_extra=True),
        Column("By", "actor.user", is_extra=True),
        Column("Note", "note", css="wrapped", is_extra=True),
        Instant("Recorded", "recorded_at", is_extra=True),
    )
