"""The claims of the known answer, from files alone."""

import datetime as dt

from django.db.models import Sum

from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.choices import Verdict
from channel_inventory.models import ClaimLine, LiabilityLedger, PosLine
from exchange.actions.import_file import import_file
from tests.channel_inventory.claims.shop import buckets, claim_of
from tests.channel_inventory.pos.test_known_answer import FILES, channel, load
from tests.exchange.files import take
from tests.fixtures import NOW, TODAY

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


def test_a_revised_report_changes_what_was_owed_from_its_own_day_on(channel):
    """30,000.00 from the resale to the evening before the revision, 13,500.00 from then on: never both at once."""
    load(channel, *FILES)
    for quantity, days in ((900, 3), (1_000, 5)):
        content = "\n".join([FILES["pos"][0], FILES["pos"][1].replace("2500", str(quantity)), ""])
        later = NOW + dt.timedelta(days=days)
        import_file(
            kind="pos", name="pos.csv", content=content.encode(), party_id=channel.sell_to.pk, by=None, at=later
        )
    assert [owed(dt.date(2026, 10, day)) for day in (4, 5)] == [0, 3_000_000]
    # 900 and then 1,000 of the oldest layer at 120 - 105
    assert [owed(TODAY + dt.timedelta(days=days)) for days in (0, 2, 3, 4, 5)] == [
        3_000_000, 3_000_000, 1_350_000, 1_350_000, 1_500_000
    ]  # fmt: skip
    periods = set(LiabilityLedger.objects.values_list("period", flat=True))
    assert periods == {dt.date(2026, 10, 1)}


def owed(day):
    return LiabilityLedger.objects.filter(business_date__lte=day).aggregate(sum=Sum("estimated"))["sum"] or 0
