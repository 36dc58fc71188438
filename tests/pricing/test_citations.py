"""Agreements that the customer cites: valid ones come first, the others have code 01."""

import datetime as dt

import pytest

from pricing.resolver import PriceQuestion, resolve_prices
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer
from tests.factories.pricing import make_agreement
from tests.fixtures import TODAY
from tests.pricing.world import outcome, told

DAY = dt.timedelta(days=1)


def test_a_valid_citation_is_honoured_before_closer_agreements(walk):
    make_agreement(walk.product, "2", end_buyer=walk.buyer, number="SPA-CITED")
    make_agreement(walk.product, "1", end_buyer=walk.buyer, sell_to=walk.sell_to, number="SPA-CLOSER")
    answer = walk.ask(cited_agreement="SPA-CITED")
    assert outcome(answer) == ("agreement_any", "2.00")
    assert told(answer, "SPA-CITED") == "Cited by the customer and valid. Agreed for this end buyer."
    assert told(answer, "SPA-CLOSER") == "SPA-CITED rev 1 comes first: the customer cites it."


@pytest.mark.parametrize("in_batch", [False, True])
def test_a_citation_that_is_not_valid_is_resolved_with_code_01(walk, in_batch):
    make_agreement(walk.product, "1", end_buyer=walk.buyer, sell_to=walk.sell_to, number="SPA-GOOD")
    make_agreement(walk.product, "2", end_buyer=walk.buyer, number="SPA-OLD", valid_to=TODAY - DAY)
    make_agreement(walk.product, "2", end_buyer=make_end_buyer(name="Borealis"), number="SPA-OTHER")
    make_agreement(make_product(), "2", end_buyer=walk.buyer, number="SPA-ELSE")
    expected = {
        "SPA-OLD": "Code 01: the customer cites it, but it is not valid for this line. It ended on 2026-11-22; the "
        "price date is 2026-11-23 (code 02).",
        "SPA-ELSE": "Code 01: the customer cites it, but this product is not on it (code 03).",
        "SPA-NONE": "Code 01: there is no agreement SPA-NONE.",
    }
    if in_batch:
        expected["SPA-OTHER"] = "Code 01: the customer cites it, but it is for Borealis."
    else:
        expected["SPA-OTHER"] = (
            "Code 01: the customer cites it, but it is not valid for this line. It is for Borealis, not for this "
            "line's end buyer."
        )
    for number, why in expected.items():
        question = PriceQuestion(
            1, walk.sell_to.pk, walk.buyer.pk, walk.product.pk, 100, "USD", TODAY, cited_agreement=number
        )
        answer = resolve_prices([question], with_losers=not in_batch)[0]
        assert (outcome(answer), told(answer, number)) == (("agreement_sell_to", "1.00"), why)
