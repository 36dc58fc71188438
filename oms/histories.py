"""Every kind of record with a history, by the name that stands in its address."""

from typing import Any

from catalog.models import PartNumber, Product, ProductFamily, UnitFactor
from channel_inventory.models import PartnerTerms, ReportedEndBuyer
from exchange.models import TradingPartner
from metrics.models import ReportSubscription
from parties.models import Contact, Location, Party, PartyAlias, PartyRoleFact
from people.histories import Recorded
from pricing.models import Agreement, AgreementLine, FxRate, PriceList, PriceListAssignment, PriceListItem
from shipping.models import Carrier, FreightAccount, ShippingRule, ShippingTerms
from shipping.tables import SEES_NUMBERS
from tenancy.models import Invitation, Member, Tenant


def no_key(record: Any) -> tuple[Any, ...]:
    """The page is a list."""
    return ()


def key_of_party(record: Any) -> tuple[Any, ...]:
    return (record.party_id,)


def keys_of_place(record: Any) -> tuple[Any, ...]:
    return record.party_id, record.pk


def without_number(account: Any) -> str:
    return f"Freight account of {account.party}"


def person(member: Any) -> str:
    return str(member.user)


def whose_terms(terms: Any) -> str:
    return f"Terms of {terms.partner.name}"


def who_buys(assignment: Any) -> str:
    return f"{assignment.price_list.code} for {assignment.party.name}"


PARTY_PARTS = (PartyRoleFact, Location, Contact, PartyAlias)

HISTORIES = {
    "party": Recorded(Party, "parties:party_detail", parts=PARTY_PARTS),
    "location": Recorded(Location, "parties:location_detail", page_keys=keys_of_place),
    "contact": Recorded(Contact, "parties:party_detail", page_keys=key_of_party),
    "alias": Recorded(PartyAlias, "parties:alias_list", page_keys=no_key),
    "part-number": Recorded(PartNumber, "catalog:part_number_list", page_keys=no_key),
    "product": Recorded(Product, "catalog:product_detail", parts=(PartNumber, UnitFactor)),
    "family": Recorded(ProductFamily, "catalog:family_detail"),
    "unit": Recorded(UnitFactor, "catalog:unit_list", page_keys=no_key),
    "price-list": Recorded(PriceList, "pricing:price_list_detail", parts=(PriceListItem, PriceListAssignment)),
    "assignment": Recorded(
        PriceListAssignment,
        "pricing:assignment_list",
        page_keys=no_key,
        named=who_buys,
        joined=("price_list", "party"),
    ),
    "agreement": Recorded(Agreement, "pricing:agreement_detail", parts=(AgreementLine,)),
    "rate": Recorded(FxRate, "pricing:rate_list", page_keys=no_key),
    "carrier": Recorded(Carrier, "shipping:carrier_detail"),
    "freight-account": Recorded(
        FreightAccount,
        "shipping:account_detail",
        named=without_number,
        joined=("party",),
        secrets={"number": SEES_NUMBERS},
    ),
    "terms": Recorded(ShippingTerms, "shipping:terms_detail", secrets={"freight_account_id": SEES_NUMBERS}),
    "rule": Recorded(ShippingRule, "shipping:rule_detail"),
    "partner-terms": Recorded(
        PartnerTerms, "channel_inventory:partner_terms_detail", named=whose_terms, joined=("partner",)
    ),
    "reported-end-buyer": Recorded(ReportedEndBuyer, "channel_inventory:text_detail", "channel.view"),
    "trading-partner": Recorded(TradingPartner, "exchange:trading_partner_detail", "files.import"),
    "subscription": Recorded(ReportSubscription, "metrics:subscription_edit", "reports.send"),
    "tenant": Recorded(Tenant, "people:tenant_settings", "tenant.edit", page_keys=no_key),
    "member": Recorded(Member, "people:member_change", "people.manage", named=person, joined=("user",)),
    "invitation": Recorded(Invitation, "people:invitation_list", "people.manage", page_keys=no_key),
}
