from typing import Any

from ui.columns import Column, Date, Figure, Link, YesNo
from ui.tables import Table

SEES_NUMBERS = "master.edit"
LAST_SHOWN = 4


def masked(number: str) -> str:
    """A freight account is as good as money: who cannot edit it sees how it ends."""
    return f"…{number[-LAST_SHOWN:]}" if len(number) > LAST_SHOWN else "…"


def band(low: Any, high: Any) -> str:
    parts = [f"{word} {end.normalize():,f}" for word, end in (("from", low), ("to", high)) if end is not None]
    return " ".join(parts)


class TermsTable(Table):
    caption = "Shipping terms"
    columns = (
        Link("Code", "code", url_name="shipping:terms_detail", sort="code"),
        Figure("Version", "version", is_wide_only=True),
        Column("Incoterm", "incoterm"),
        Column("Named place", "named_place"),
        Column("Freight paid by", "get_freight_payer_display"),
        Column("Carrier", "carrier.name"),
        Column("Service", "service", is_wide_only=True),
        Column("Duty paid by", "get_duty_payer_display"),
        Column("Re-shipper", "re_shipper.name", is_wide_only=True),
        YesNo("Partials", "partials_allowed", is_wide_only=True),
        YesNo("In use", "is_active"),
    )


class RuleTable(Table):
    caption = "Shipping rules"
    columns = (
        Link("Code", "code", url_name="shipping:rule_detail", sort="code"),
        Figure("Version", "version", is_extra=True),
        Link("Terms", "terms.code", url_name="shipping:terms_detail", args=("terms_id",)),
        Figure("Priority", "priority"),
        Column("Sell-to", "sell_to.short_name"),
        Column("End buyer", "end_buyer.short_name"),
        Column("Ship-to", "ship_to.name", css="name"),
        Column("Country", "ship_to_country", is_wide_only=True),
        Column("Region", "ship_to_region", is_wide_only=True),
        Column("Ship-from", "ship_from.name", css="name", is_wide_only=True),
        Column("Family", "family.code", is_wide_only=True),
        Column("Weight, kg", lambda rule: band(rule.min_weight_kg, rule.max_weight_kg)),
        Column("Value", lambda rule: band(rule.min_value, rule.max_value)),
        Column("Incoterm", "incoterm", is_wide_only=True),
        Date("From", "valid_from"),
        Date("To", "valid_to"),
        YesNo("In use", "is_active"),
    )


class FreightAccountTable(Table):
    """Shows account numbers in full to those who may edit them, and only their end to others."""

    caption = "Freight accounts"
    masked = Link("Account", lambda account: masked(account.number), url_name="shipping:account_detail")
    columns: tuple[Column, ...] = (
        Column("Party", "party.name"),
        Column("Carrier", "carrier.name"),
        Column("Service", lambda account: account.service or "any"),
        Link("Account", "number", url_name="shipping:account_detail", right=SEES_NUMBERS),
        Column("Payer's country", "payer_country"),
        Column("Payer's postcode", "payer_postcode"),
        Date("From", "valid_from"),
        Date("To", "valid_to"),
    )

    @classmethod
    def columns_open_to(cls, member: Any) -> tuple[Column, ...]:
        if member.may(SEES_NUMBERS):
            return cls.columns
        return tuple(cls.masked if column.right == SEES_NUMBERS else column for column in cls.columns)


class CarrierTable(Table):
    caption = "Carriers"
    columns = (
        Column("Code", "code", sort="code"),
        Link("Name", "name", url_name="shipping:carrier_detail"),
        Column("Services", lambda carrier: ", ".join(carrier.services) or "any"),
    )
