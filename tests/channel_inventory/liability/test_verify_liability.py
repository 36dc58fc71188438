"""What does not foot is named; what the actions write foots."""

from channel_inventory.models import ClaimLine
from metrics.verification import verify_tenant
from tests.channel_inventory.liability.claim_book import ClaimBook
from tests.channel_inventory.liability.conftest import accrue

NAMES = {"liability_lines", "liability_credits", "liability_reversals"}


def failing():
    return {each.name: each for each in verify_tenant() if each.name in NAMES and not each.ok}


def test_the_story_foots(story):
    assert failing() == {}


def test_a_line_that_was_changed_beside_the_ledger_is_named(story):
    ClaimLine.objects.filter(pk=story.lines["a"].pk).update(amount=3_000_001)
    [row] = failing()["liability_lines"].rows
    assert (row.id, row.what, row.expected, row.found) == (story.lines["a"].pk, "estimated", 3_000_001, 3_000_000)


def test_a_line_that_waits_without_an_estimate_is_named(story):
    line = ClaimBook(story.kes).line(story.one, 500)
    assert [(row.id, row.expected, row.found) for row in failing()["liability_lines"].rows] == [(line.pk, 500, 0)]
    accrue(line)
    assert failing() == {}


def test_a_line_that_was_denied_by_hand_and_waits_again_is_estimated(story):
    finding = {"code": "25", "message": "Ask", "is_denial": True, "by_hand": True}
    ClaimBook(story.kes).line(story.one, 500, findings=[finding])
    assert failing()["liability_lines"].count == 1


def test_a_credit_that_gives_something_else_is_named(story):
    credit = story.credits["c"]
    credit.total += 1
    credit.save()
    assert {(row.id, row.what, row.found - row.expected) for row in failing()["liability_credits"].rows} == {
        (credit.pk, "settled", -1),
        (credit.pk, "lines", -1),
    }
