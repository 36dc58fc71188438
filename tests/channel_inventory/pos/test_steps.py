"""What taking a report sets off, step by step."""

from channel_inventory.choices import TextState
from channel_inventory.models import ClaimLine, PosLine, ReportedEndBuyer
from parties.models import PartyAlias
from tests.channel_inventory.pos.reports import report


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
