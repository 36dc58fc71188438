"""The claims of the known answer, from files alone."""

from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.choices import Verdict
from channel_inventory.models import ClaimLine, PosLine
from tests.channel_inventory.claims.shop import buckets, claim_of
from tests.channel_inventory.pos.test_known_answer import FILES, channel, load
from tests.exchange.files import take
from tests.fixtures import NOW

__all__ = ["channel"]


def report(world, *lines):
    return take("pos", "\n".join([FILES["pos"][0], *lines, ""]), party_id=world.sell_to.pk, accept_warnings=True)


def test_a_report_claims_to_the_cent(channel):
    """1,000 × (120 − 105) + 1,500 × (115 − 105) = 30,000.00."""
    load(channel, *FILES)
    claim = claim_of(PosLine.objects.get())
    assert (claim.amount, claim.findings) == (3_000_000, [])
    assert buckets() == (3_000_000, 0)


def test_the_same_report_twice_claims_once_and_a_revised_one_the_difference(channel):
    """900 of the oldest layer: 900 × 15 = 13,500.00."""
    load(channel, *FILES)
    report(channel, FILES["pos"][1])
    assert ClaimLine.objects.count() == 1
    report(channel, FILES["pos"][1].replace("2500", "900"))
    assert claim_of(PosLine.objects.get(state="current")).amount == 1_350_000
    assert buckets() == (1_350_000, 0)


def test_a_return_in_a_later_report_bills_back(channel):
    """500 of 2,500 come back after the approval: 30,000.00 × 500 ÷ 2,500 = 6,000.00."""
    load(channel, *FILES)
    line = ClaimLine.objects.get()
    decide_lines(seen={line.pk: line.version}, decision=Decision(Verdict.APPROVE), by=channel.by, at=NOW)
    report(channel, FILES["pos"][1].replace(",1,2026-10-05", ",2,2026-11-02").replace("2500", "-500"))
    assert buckets() == (0, 2_400_000)
