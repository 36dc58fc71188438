from django.db.models import TextChoices


class PartyRole(TextChoices):
    SELL_TO = "sell_to", "Sell-to"
    END_BUYER = "end_buyer", "End buyer"
    SHIP_TO = "ship_to", "Ship-to"
    CONTRACT_MANUFACTURER = "contract_manufacturer", "Contract manufacturer"
    FORWARDER = "forwarder", "Re-shipper / forwarder"
    FULFILMENT_SITE = "fulfilment_site", "Fulfilment site"
    SUPPLIER = "supplier", "Supplier"
    PARTNER = "partner", "Partner"


class PartyStatus(TextChoices):
    ACTIVE = "active", "Active"
    BLOCKED = "blocked", "Blocked: no new orders"
    DENIED = "denied", "Denied party: nothing may be sold or shipped"
    CLOSED = "closed", "Closed"


class LocationPurpose(TextChoices):
    SHIP_TO = "ship_to", "Ship-to"
    SHIP_FROM = "ship_from", "Ship-from"
    HUB = "hub", "Hub"
    OFFICE = "office", "Office"
