"""Shipping terms in whole sentences, for somebody who has no dock."""

from collections.abc import Iterator
from datetime import date

from orders.models import OrderLine
from parties.models import Party
from shipping.choices import Payer
from shipping.freeze import FrozenTerms, freeze
from values.incoterms import incoterm

LAST_SHOWN = 4


def terms_in_words(line: OrderLine, sell_to: Party, on: date) -> tuple[str, ...]:
    if line.terms is None or line.ship_to is None:
        return ("How these goods travel is still open: we come back to you.",)
    frozen = freeze(line.terms, sell_to=sell_to, ship_to=line.ship_to, end_buyer=line.end_buyer, on=on)
    return tuple(sentences(frozen))


def sentences(terms: FrozenTerms) -> Iterator[str]:
    yield f"{terms.incoterm} {terms.named_place} (Incoterms® 2020)."
    yield freight(terms)
    yield f"Duty and import tax are paid by {terms.duty_payer_name}."
    if terms.re_shipper_name:
        yield (
            f"The goods go to {terms.re_shipper_name}, which sends them on; our delivery is complete when it has them."
        )
    yield f"Title and risk pass {incoterm(terms.incoterm).passes_in_words}."
    yield parts(terms)


def freight(terms: FrozenTerms) -> str:
    way = " ".join(text for text in (terms.carrier_name, terms.service) if text)
    by = f" by {way}" if way else ""
    if terms.freight_payer == Payer.SHIPPER:
        return f"We send them{by} and pay the freight."
    ending = terms.account_number[-LAST_SHOWN:] if len(terms.account_number) > LAST_SHOWN else ""
    account = f", on the account ending {ending}" if ending else ""
    return f"They travel{by}; the freight is paid by {terms.freight_payer_name or 'the receiver'}{account}."


def parts(terms: FrozenTerms) -> str:
    if terms.ship_complete:
        how = "All of it ships together"
    else:
        how = "Partial shipments are allowed" if terms.partials_allowed else "Each line ships whole"
    early = f"up to {terms.early_days} business days early" if terms.early_days else "not early"
    return f"{how}, {early}."
