"""What sales may claim, worked out for many at once, in temporary tables that the statements named `claim_…` fill.

    channel_claim_sale       certified sales among the lines, locked
    channel_claim_candidate  agreements for their end buyer and part, with the verdict on each
    channel_claim_piece      what they took from which layer
    channel_claim_fact       sales that claim, beside the agreement that values them
    channel_claim_worth      the amount, and the pieces it comes from
    channel_claim_finding    the reasons that hold

`engine.claims` works the same amount out again from the receipt that is made of them.
"""

from collections.abc import Sequence

from django.db import connection

from channel_inventory import statements
from channel_inventory.choices import PriceBasis
from channel_inventory.models import PartnerTerms
from channel_inventory.statements import MANY
from pricing.resolver import resolve_prices
from pricing.resolver.question import PriceQuestion
from values.currencies import MINOR_UNITS
from values.rows import as_array, as_text_array

CLAIM_DAYS = PartnerTerms._meta.get_field("claim_days").default


def work_out(lines: str, count: int) -> None:
    """For lines, as the text of an array, and how many they are. What an earlier call has worked out is forgotten."""
    statements.do("forget_claiming")
    statements.do("claim_sales", lines=lines, price_basis=PriceBasis.INVENTORY_COST, claim_days=CLAIM_DAYS)
    reckon(count)


def work_out_candidates(text_ids: Sequence[int], party_ids: Sequence[int]) -> None:
    """For the lines of waiting texts, as if each meant the party beside it; a text stands there once."""
    statements.do("forget_claiming")
    count = statements.do(
        "foreseen_sales",
        texts=as_array(text_ids),
        parties=as_array(party_ids),
        price_basis=PriceBasis.INVENTORY_COST,
        claim_days=CLAIM_DAYS,
    )
    reckon(count)


def reckon(count: int) -> None:
    """Everything that follows from the sales, of which there are so many."""
    analyze("channel_claim_sale (sale_id, partner_id, end_buyer_id, product_id, family_id, asks)", count)
    statements.do("claim_candidates")
    analyze("channel_claim_candidate (sale_id, line_id, verdict, is_cited)", count)
    statements.do("claim_pieces")
    analyze("channel_claim_piece (sale_id, layer_id)", count)
    statements.do("claim_facts", currencies=as_text_array(MINOR_UNITS), digits=as_array(MINOR_UNITS.values()))
    ask_list_prices()
    analyze("channel_claim_fact (sale_id, batch_id, claim_currency)", count)
    statements.do("claim_worth")
    statements.do("claim_findings")
    analyze("channel_claim_worth (sale_id), channel_claim_finding (sale_id)", count)


def analyze(tables: str, count: int) -> None:
    """What has just been filled has no statistics, and the planner would take it for small. Only what is joined by."""
    if count < MANY:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def ask_list_prices() -> None:
    """The list price on the resale date, for partners who claim from it."""
    questions = [
        PriceQuestion(
            key=sale,
            sell_to_id=partner,
            end_buyer_id=None,
            product_id=product,
            quantity=quantity,
            currency=currency,
            on=on,
        )
        for sale, partner, product, quantity, currency, on in statements.rows("claim_list_questions")
    ]
    if not questions:
        return
    answers = resolve_prices(questions, with_losers=False)
    statements.do(
        "claim_list_prices",
        sales=as_array(answer.key for answer in answers),
        prices=as_array(answer.book_price for answer in answers),
    )
