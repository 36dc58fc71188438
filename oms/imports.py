"""Every kind of file there is, in the order in which an empty tenant takes them."""

from catalog.imports import PART_NUMBERS, PRODUCT_FAMILIES, PRODUCTS, UNITS
from catalog.missing import PRODUCT_CREATOR
from channel_inventory.imports import POS, STOCK
from exchange.batches.missing import Creator
from exchange.kinds import ImportKind
from fulfilment.imports import SHIPMENTS
from orders.imports import ORDERS
from parties.imports import ALIASES, CONTACTS, LOCATIONS, PARTIES, TRADING_PARTNERS
from parties.missing import LOCATION_CREATOR, PARTY_CREATOR
from pricing.imports import AGREEMENTS, FX_RATES, PRICE_LIST_ASSIGNMENTS, PRICE_LISTS
from shipping.imports import CARRIERS, FREIGHT_ACCOUNTS, SHIPPING_RULES, SHIPPING_TERMS

KINDS: tuple[ImportKind, ...] = (
    PARTIES,
    LOCATIONS,
    ALIASES,
    CONTACTS,
    TRADING_PARTNERS,
    PRODUCT_FAMILIES,
    PRODUCTS,
    UNITS,
    PART_NUMBERS,
    FX_RATES,
    PRICE_LISTS,
    PRICE_LIST_ASSIGNMENTS,
    AGREEMENTS,
    CARRIERS,
    FREIGHT_ACCOUNTS,
    SHIPPING_TERMS,
    SHIPPING_RULES,
    ORDERS,
    SHIPMENTS,
    POS,
    STOCK,
)

# what can be created from the list of what a file names and nobody knows
CREATORS: tuple[Creator, ...] = (PARTY_CREATOR, LOCATION_CREATOR, PRODUCT_CREATOR)
