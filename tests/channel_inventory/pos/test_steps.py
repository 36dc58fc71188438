"""What taking a report sets off, step by step."""

from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.choices import TextState, Verdict
from channel_inventory.models import ClaimLine, PosLine, ReportedEndBuyer
from parties.models import PartyAlias
from tests.channel_inventory.claims.shop import buckets
from tests.channel_inventory.pos.reports import report
from tests.factories.channel_stock import invoice_to
from tests.fixtures import NOW


def test_end_buyers_that_are_known_are_certified_as_the_report_is_taken(world):
    PartyAlias.objects.create(party=world.c, alias="Tarn", normalised="tarn", reported_by=world.sell_to)
    lines = [
        {"end_buyer_name": "Anything", "end_buyer_code": "A"},
        {"end_buyer_name": "B Company"},
        {"end_buyer_name": "TARN Ltd"},
        {"end_buyer_name": "Halden Rail"},
    ]
    report(world, *({"invoice_line": str(at), **line} for at, line in enumerate(lines, 1)))
    found = PosLine.objects.order_by("pk").values_list("end_buyer_id", flat=True)
    assert list(found) == [world.a.pk, world.b.pk, world.c.pk, None]
    texts = ReportedEndBuyer.objects.order_by("pk").values_list("method", "state")
    assert list(texts) == [
        ("code", TextState.CERTIFIED), ("name", TextState.CERTIFIED), ("alias", TextState.CERTIFIED),
        ("", TextState.OPEN),
    ]  # fmt: skip


def test_a_text_that_was_certified_before_certifies_the_next_line(world):
    report(world, {"end_buyer_name": "B Company"})
    report(world, {"invoice_line": "2", "end_buyer_name": "B Company"})
    assert set(PosLine.objects.values_list("end_buyer_id", flat=True)) == {world.b.pk}


def test_what_an_agreement_covers_is_claimed_as_the_report_is_taken(world):
    """Nothing was sold in: the basis is book, 1.20, less the agreed 0.98."""
    report(world, {"end_buyer_name": "B Company"}, {"invoice_line": "2"})
    line = ClaimLine.objects.get()
    assert (line.pos_line.invoice_line, line.quantity, line.amount) == ("1", 100, 2_200)
    report(world, {"quantity": "-40", "end_buyer_name": "B Company", "invoice_date": "2026-11-18"})
    back = ClaimLine.objects.get(reverses__isnull=False)
    assert (back.reverses_id, back.amount) == (line.pk, -880)


def test_what_became_known_meanwhile_certifies_and_claims_lines_of_earlier_reports_too(world):
    """Two reports call B by a name that only the second one finds learnt: 100 × (1.20 − 0.98) each."""
    report(world, {"end_buyer_name": "Bee Works"})
    assert not ClaimLine.objects.exists()
    PartyAlias.objects.create(party=world.b, alias="Bee Works", normalised="bee works", reported_by=world.sell_to)
    report(world, {"invoice_line": "2", "end_buyer_name": "Bee Works"})
    assert list(ClaimLine.objects.order_by("pos_line", "pk").values_list("pos_line__invoice_line", "amount")) == [
        ("1", 2_200),
        ("2", 2_200),
    ]


def test_what_was_sold_before_it_was_billed_is_claimed_by_the_layer_that_comes(world):
    """At book 1.20 until the invoice comes: 60 at 1.10, the other 40 still at book; nothing is decided by then.

    100 × 0.22 = 22.00, then 60 × 0.12 + 40 × 0.22 = 16.00; the second report claims 10 × 0.22 on its own.
    """
    report(world, {"end_buyer_name": "B Company"})
    assert claimed() == [2_200]
    invoice_to(world.sell_to, world.product, 60, "1.10")
    report(world, {"invoice_line": "2", "end_buyer_name": "B Company", "quantity": "10"})
    assert claimed() == [1_600, 220]
    assert buckets() == (1_820, 0)


def test_what_was_approved_before_it_was_billed_gives_back_what_the_goods_cost_less(world, desk):
    """100 × (1.20 − 0.98) were approved; 60 of them cost 1.10."""
    report(world, {"end_buyer_name": "B Company"})
    line = ClaimLine.objects.get()
    decide_lines(seen={line.pk: line.version}, decision=Decision(Verdict.APPROVE), by=desk, at=NOW)
    invoice_to(world.sell_to, world.product, 60, "1.10")
    assert catch_up_sell_in(at=NOW).arrived == 1
    assert claimed() == [2_200, -600]
    assert buckets() == (0, 1_600)


def claimed():
    lines = ClaimLine.objects.exclude(state="reversed").order_by("pos_line")
    return list(lines.values_list("amount", flat=True))
