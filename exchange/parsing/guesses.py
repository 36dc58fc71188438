"""What a heading of somebody else's file may mean: offered to whoever maps its columns, never taken by itself."""

from collections.abc import Sequence

from exchange.kinds import ImportKind

# how others call our columns, in letters and digits alone; the first one that a file has is offered
OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "partner": ("distributor", "disti", "reseller"),
    "invoice_number": (
        "invoice", "invoiceno", "invno", "invoicenum", "rechnung", "rechnungsnr", "rechnungsnummer", "facture",
    ),
    "invoice_line": ("line", "lineno", "linenumber", "invoicelineno", "pos", "position", "ligne"),
    "invoice_date": ("shipdate", "saledate", "date", "invdate", "rechnungsdatum", "datum", "datefacture"),
    "sku": (
        "part", "partno", "partnumber", "mfrpart", "mfrpartno", "mfrpartnumber", "mpn", "item", "itemno", "product",
        "artikel", "artikelnr", "artikelnummer", "material", "article",
    ),
    "quantity": ("qty", "qtysold", "quantitysold", "units", "menge", "stückzahl", "quantité"),
    "unit": ("uom", "unitofmeasure", "me", "einheit", "unité"),
    "resale_price": ("resale", "unitprice", "price", "sellprice", "unitresale", "preis", "einzelpreis", "prix"),
    "unit_price": ("price", "preis", "einzelpreis", "prix"),
    "currency": ("curr", "cur", "währung", "devise"),
    "branch": ("location", "warehouse", "shipfrom", "filiale", "lager"),
    "location": ("branch", "warehouse", "site", "lager", "filiale"),
    "end_buyer_name": (
        "endbuyer", "endcustomer", "customer", "customername", "soldto", "kunde", "kundenname", "client",
    ),
    "end_buyer_code": ("endcustomercode", "customercode", "customerno", "kundennr", "kundennummer"),
    "end_buyer_address": ("address", "street", "strasse", "adresse"),
    "end_buyer_city": ("city", "town", "ort", "stadt", "ville"),
    "end_buyer_postcode": ("postcode", "zip", "zipcode", "postalcode", "plz", "codepostal"),
    "end_buyer_country": ("country", "land", "pays"),
    "agreement": ("spa", "debit", "debitno", "debitnumber", "authorisation", "authorization", "contract", "quote"),
    "customer_po": ("po", "pono", "ponumber", "customerorder", "bestellnummer"),
    "original_invoice": ("originalinvoiceno", "creditof"),
    "claim_amount": ("claim", "claimed", "debitamount"),
    "as_of": ("date", "asofdate", "stockdate", "stichtag", "datum"),
    "on_hand": ("onhandqty", "qtyonhand", "stock", "quantity", "qty", "bestand"),
    "in_transit": ("transit", "intransitqty", "unterwegs"),
    "on_order": ("onorderqty", "qtyonorder", "bestellt"),
}  # fmt: skip


def guess_headings(kind: ImportKind, headings: Sequence[str]) -> dict[str, str]:
    """Our column to a heading, each heading once: by our own names first, then by what others call them."""
    free = {plain(heading): heading for heading in reversed(headings)}
    found = {name: free.pop(plain(name)) for name in kind.names if plain(name) in free}
    for name in kind.names:
        known = next((each for each in OTHER_NAMES.get(name, ()) if each in free), None)
        if name not in found and known:
            found[name] = free.pop(known)
    return found


def plain(heading: str) -> str:
    return "".join(mark for mark in heading.casefold() if mark.isalnum())
