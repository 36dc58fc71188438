"""Master data of one demo tenant, for every scale: who there is, what is sold, at which price, on which terms."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from catalog.models import PartNumber, Product, ProductFamily
from exchange.models import TradingPartner
from oms.demo import names
from oms.demo.scale import Scale
from parties.choices import LocationPurpose, PartyRole
from parties.models import Contact, Location, Party, PartyRoleFact
from pricing.choices import PriceListKind
from pricing.models import FxRate, PriceList, PriceListAssignment, PriceListItem
from values.text import normalise_name, short_name

BREAKS = ((1, Decimal("1.00")), (1_000, Decimal("0.95")), (10_000, Decimal("0.90")))
PRICE_STEP = Decimal("0.0001")
EUR_IN_USD = Decimal("1.08")


@dataclass
class Masters:
    """What the orders of the demo draw from."""

    sell_tos: list[Party]
    end_buyers: list[Party]
    ship_tos: dict[int, Location]
    products: list[Product]
    site: Location
    second_site: Location
    forwarder: Location


def make_masters(scale: Scale, prefix: str, currency: str, today: date) -> Masters:
    """Write the master data of the tenant in scope."""
    start = date(today.year - 4, 1, 1)
    sell_tos = make_sell_tos(scale)
    end_buyers = make_end_buyers(scale)
    sites = make_sites()
    made = Masters(sell_tos, end_buyers, make_ship_tos(sell_tos), make_products(scale, prefix), *sites)
    make_rates(currency, start, today)
    make_prices(made, start)
    make_part_numbers(made)
    TradingPartner.objects.create(
        name=made.sell_tos[0].name,
        qualifier="01",
        identity="828513080",
        party_id=made.sell_tos[0].pk,
        test_allowed=True,
    )
    return made


def party(code: str, name: str, country: str, taken: set[str], **values: Any) -> Party:
    short = short_name(name, 16, taken)
    taken.add(short)
    return Party(
        code=code, name=name, short_name=short, normalised_name=normalise_name(name), country=country, **values
    )


def make_sell_tos(scale: Scale) -> list[Party]:
    taken: set[str] = set()
    rows = [
        party(code, name, country, taken, currency=currency, payment_terms_days=45)
        for code, name, country, _city, _region, _postcode, currency in names.SELL_TOS
    ]
    for index in range(len(rows), scale.sell_tos):
        currency, country = ("EUR", "DE") if index % 3 == 0 else ("USD", "US")
        rows.append(party(f"ST-{index:04d}", f"{names.company(index)} Distribution", country, taken, currency=currency))
    rows[2].credit_limit = Decimal(2_000_000)
    rows[4].is_end_buyer_required = True
    Party.objects.bulk_create(rows)
    give_roles(rows, PartyRole.SELL_TO, PartyRole.PARTNER, PartyRole.SHIP_TO)
    make_contacts(rows[: len(names.SELL_TOS)])
    return rows


def make_contacts(sell_tos: list[Party]) -> None:
    Contact.objects.bulk_create(
        Contact(party=each, name=name, purpose=purpose, email=f"{box}@{each.code[:3].lower()}.example")
        for each in sell_tos
        for name, purpose, box in names.CONTACTS
    )


def make_end_buyers(scale: Scale) -> list[Party]:
    taken: set[str] = set()
    rows = [party(code, name, country, taken) for code, name, country, _city, _postcode in names.END_BUYERS]
    rows.extend(
        party(f"EB-{index:05d}", names.company(index), ("US", "DE", "GB", "JP")[index % 4], taken)
        for index in range(len(rows), scale.end_buyers)
    )
    Party.objects.bulk_create(rows)
    give_roles(rows, PartyRole.END_BUYER)
    return rows


def give_roles(rows: list[Party], *roles: str) -> None:
    PartyRoleFact.objects.bulk_create(PartyRoleFact(party=row, role=role) for row in rows for role in roles)


def make_sites() -> tuple[Location, Location, Location]:
    """The outsourced centre that ships for us, a supplier that ships some products itself, and a re-shipper."""
    taken: set[str] = set()
    centre = party("PEN-3PL", "Penang Outsourced Centre", "MY", taken)
    kaskade = party("KASKADE", "Kaskade Spedition GmbH", "DE", taken)
    supplier = party("GLW-SUP", "Gliwice Drop-ship Supplier", "PL", taken)
    Party.objects.bulk_create([centre, kaskade, supplier])
    give_roles([centre], PartyRole.FULFILMENT_SITE)
    give_roles([supplier], PartyRole.SUPPLIER)
    give_roles([kaskade], PartyRole.FORWARDER)
    site = Location(
        party=centre, code="PEN", name="Penang DC", purpose=LocationPurpose.SHIP_FROM, address1="Lebuh Kampung Jawa 7",
        city="Bayan Lepas", postcode="11900", country="MY",
    )  # fmt: skip
    hall = Location(
        party=kaskade, code="CGN", name="Kaskade Hall C", purpose=LocationPurpose.HUB,
        address1="Frachtstraße 9, Hall C", city="Köln", postcode="51147", country="DE",
    )  # fmt: skip
    plant = Location(
        party=supplier, code="GLW", name="Gliwice plant", purpose=LocationPurpose.SHIP_FROM, address1="Portowa 16",
        city="Gliwice", postcode="44-100", country="PL",
    )  # fmt: skip
    Location.objects.bulk_create([site, plant, hall])
    return site, plant, hall


def make_ship_tos(sell_tos: list[Party]) -> dict[int, Location]:
    known = {code: (city, region, postcode) for code, _n, _c, city, region, postcode, _cur in names.SELL_TOS}
    rows = []
    for index, each in enumerate(sell_tos):
        city, region, postcode = known.get(each.code, ("Springfield", "", f"{10_000 + index}"))
        rows.append(
            Location(
                party=each, code="DC", name=f"{each.name} DC", purpose=LocationPurpose.SHIP_TO,
                address1=f"{index + 1} Distribution Way", city=city, region=region, postcode=postcode,
                country=each.country,
            )
        )  # fmt: skip
    Location.objects.bulk_create(rows)
    return {row.party_id: row for row in rows}


def make_products(scale: Scale, prefix: str) -> list[Product]:
    families = {code: ProductFamily(code=code, name=name) for code, name, _weight in names.FAMILIES}
    ProductFamily.objects.bulk_create(families.values())
    rows = [
        Product(
            sku=sku, description=description, family=families[family], multiple_qty=multiple, minimum_qty=multiple,
            unit_weight_g=Decimal(weight), lead_time_days=42, eccn="EAR99", country_of_origin="MY",
        )
        for sku, description, family, multiple, weight, _price in names.products(scale.products, prefix)
    ]  # fmt: skip
    return Product.objects.bulk_create(rows)


def make_rates(currency: str, start: date, today: date) -> None:
    """A rate on the first of each month, a little up and down."""
    rows = []
    months = (today.year - start.year) * 12 + today.month
    for month in range(months):
        day = date(start.year + month // 12, month % 12 + 1, 1)
        rate = EUR_IN_USD + Decimal(month * 7 % 11 - 5) / 500
        if currency == "USD":
            rows.append(FxRate(date=day, from_currency="EUR", to_currency="USD", rate=rate))
        else:
            inverse = (1 / rate).quantize(Decimal("0.00000001"))
            rows.append(FxRate(date=day, from_currency="USD", to_currency="EUR", rate=inverse))
    FxRate.objects.bulk_create(rows)


def make_prices(made: Masters, start: date) -> None:
    base = {sku: Decimal(price) for sku, *_rest, price in names.products(len(made.products), prefix_of(made))}
    for currency, factor in (("USD", Decimal(1)), ("EUR", Decimal("0.93"))):
        base_list = PriceList.objects.create(code=f"BASE-{currency}", kind=PriceListKind.BASE, currency=currency)
        book = PriceList.objects.create(code=f"DIST-{currency}", currency=currency)
        items = []
        for product in made.products:
            price = base[product.sku] * factor
            items.append(item(base_list, product, 1, price, start))
            items += [item(book, product, qty, price * part * Decimal("0.92"), start) for qty, part in BREAKS]
        PriceListItem.objects.bulk_create(items, batch_size=5_000)
        PriceListAssignment.objects.bulk_create(
            PriceListAssignment(price_list=book, party=each, currency=currency, valid_from=start)
            for each in made.sell_tos
            if each.currency == currency
        )


def prefix_of(made: Masters) -> str:
    return made.products[0].sku.partition("-")[0]


def item(price_list: PriceList, product: Product, min_qty: int, price: Decimal, start: date) -> PriceListItem:
    rounded = price.quantize(PRICE_STEP)
    return PriceListItem(price_list=price_list, product=product, min_qty=min_qty, price=rounded, valid_from=start)


def make_part_numbers(made: Masters) -> None:
    PartNumber.objects.bulk_create(
        PartNumber(product=product, party=each, number=f"{each.code[:2]}-{10_000 + index * 37}")
        for each in made.sell_tos[:6]
        for index, product in enumerate(made.products[:200])
    )
