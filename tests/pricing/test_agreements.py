"""The life of an agreement: drafted, submitted, approved, revised, closed, expired."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from pricing.actions.approve_agreement import approve_agreement
from pricing.actions.change_agreement import change_agreement
from pricing.actions.close_agreement import close_agreement
from pricing.actions.create_agreement import create_agreement
from pricing.actions.expire_agreements import expire_agreements
from pricing.actions.release_caps import release_caps
from pricing.actions.reserve_caps import reserve_caps
from pricing.actions.return_agreement import return_agreement
from pricing.actions.revise_agreement import revise_agreement
from pricing.actions.submit_agreement import submit_agreement
from pricing.agreements.drafts import LineDraft
from pricing.choices import Mechanism
from pricing.errors import (
    AgreementOverlap,
    BadTerms,
    NotAllowed,
    NumberTaken,
    RevisionBelowUse,
    WrongStatus,
)
from pricing.models import Agreement, AgreementLine
from tenancy.choices import Role
from tests.factories.pricing import make_agreement
from tests.factories.tenancy import make_member
from tests.fixtures import NOW, TODAY
from tests.pricing.world import DEC, JAN, JUL, JUN, outcome


@pytest.fixture
def acts(desk):
    return {"by": desk, "at": NOW}


def approved(draft, acts):
    agreement = create_agreement(draft=draft, **acts)
    submit_agreement(agreement_id=agreement.pk, **acts)
    return approve_agreement(agreement_id=agreement.pk, **acts)


def next_revision(agreement, draft, acts):
    revised = revise_agreement(agreement_id=agreement.pk, draft=draft, **acts)
    submit_agreement(agreement_id=revised.pk, **acts)
    return approve_agreement(agreement_id=revised.pk, **acts)


def test_an_agreement_prices_from_approval_to_close(walk, acts):
    agreement = create_agreement(draft=walk.draft(), **acts)
    assert outcome(walk.ask()) == ("none", None)
    submit_agreement(agreement_id=agreement.pk, **acts)
    assert outcome(walk.ask()) == ("none", None)
    approve_agreement(agreement_id=agreement.pk, **acts)
    agreement.refresh_from_db()
    assert (outcome(walk.ask()), agreement.status) == (("agreement_any", "0.95"), "approved")
    assert (agreement.approved_by, agreement.approved_at) == (acts["by"], NOW)
    close_agreement(agreement_id=agreement.pk, **acts)
    assert outcome(walk.ask()) == ("none", None)


def test_a_submitted_agreement_can_go_back_and_be_changed(walk, acts):
    agreement = create_agreement(draft=walk.draft(), **acts)
    submit_agreement(agreement_id=agreement.pk, **acts)
    with pytest.raises(WrongStatus, match="only a draft can be changed"):
        change_agreement(agreement_id=agreement.pk, draft=walk.draft(price="0.90"), **acts)
    return_agreement(agreement_id=agreement.pk, **acts)
    change_agreement(agreement_id=agreement.pk, draft=walk.draft(price="0.90"), **acts)
    assert agreement.lines.get().prices == [Decimal("0.90")]


def test_a_number_is_given_once(walk, acts):
    create_agreement(draft=walk.draft("SPA-1"), **acts)
    with pytest.raises(NumberTaken, match="There is an agreement SPA-1 already"):
        create_agreement(draft=walk.draft("SPA-1"), **acts)


def test_approval_needs_the_right(walk, acts):
    agreement = create_agreement(draft=walk.draft(), **acts)
    submit_agreement(agreement_id=agreement.pk, **acts)
    with pytest.raises(NotAllowed):
        approve_agreement(agreement_id=agreement.pk, by=make_member(Role.SALES_OPS), at=NOW)
    approve_agreement(agreement_id=agreement.pk, by=make_member(Role.MANAGER), at=NOW)


@pytest.mark.parametrize("action", [approve_agreement, return_agreement])
def test_a_draft_is_neither_approved_nor_returned(walk, acts, action):
    agreement = create_agreement(draft=walk.draft(), **acts)
    with pytest.raises(WrongStatus, match="SPA-1 revision 1 is draft and cannot become"):
        action(agreement_id=agreement.pk, **acts)


def test_what_is_closed_stays_closed(walk, acts):
    agreement = approved(walk.draft(), acts)
    close_agreement(agreement_id=agreement.pk, **acts)
    for action in (submit_agreement, approve_agreement, close_agreement):
        with pytest.raises(WrongStatus):
            action(agreement_id=agreement.pk, **acts)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": " "}, "number"),
        ({"currency": "XXX"}, "currency"),
        ({"valid_from": DEC, "valid_to": JAN}, "valid_to"),
        ({"end_buyer_id": None}, "end_buyer"),
        ({"end_buyer_id": None, "sell_to_id": 1, "mechanism": Mechanism.SHIP_AND_DEBIT}, "mechanism"),
        ({"lines": ()}, "lines"),
        ({"tiers": ()}, "lines"),
        ({"tiers": ((0, Decimal(1)),)}, "lines"),
        ({"tiers": ((10, Decimal(1)), (5, Decimal(2)))}, "lines"),
        ({"tiers": ((1, Decimal(-1)),)}, "lines"),
        ({"tiers": ((1, Decimal("0.0000001")),)}, "lines"),
        ({"tiers": ((1, Decimal("NaN")),)}, "lines"),
        ({"cap_qty": 0}, "lines"),
        ({"lines": (LineDraft(1, 1, ((1, Decimal(1)),)),)}, "lines"),
        ({"lines": (LineDraft(1, None, ((1, Decimal(1)),)),) * 2}, "lines"),
    ],
)
def test_terms_that_contradict_themselves_are_refused(walk, acts, values, field):
    with pytest.raises(BadTerms) as refusal:
        create_agreement(draft=walk.draft(**values), **acts)
    assert refusal.value.field == field
    assert not Agreement.objects.exists()


def test_two_agreements_for_the_same_thing_on_the_same_days_are_refused(walk, acts):
    approved(walk.draft("SPA-1", valid_to=JUN), acts)
    second = create_agreement(draft=walk.draft("SPA-2", valid_from=dt.date(2026, 6, 1)), **acts)
    submit_agreement(agreement_id=second.pk, **acts)
    with pytest.raises(AgreementOverlap) as refusal, transaction.atomic():
        approve_agreement(agreement_id=second.pk, **acts)
    assert str(refusal.value) == (
        "Agreement SPA-1 prices the same for the same parties from 2026-06-01 to 2026-06-30. Two prices cannot hold on "
        "one day: change the dates, or close or revise the other."
    )


@pytest.mark.parametrize(
    "values", [{"valid_from": JUL}, {"currency": "EUR"}, {"project": "ROVER"}, {"sell_to_id": True}]
)
def test_what_differs_in_days_currency_project_or_sell_to_does_not_overlap(walk, acts, values):
    approved(walk.draft("SPA-1", valid_to=JUN), acts)
    if "sell_to_id" in values:
        values = {"sell_to_id": walk.sell_to.pk}
    assert approved(walk.draft("SPA-2", **values), acts).status == "approved"


def test_the_database_itself_refuses_an_overlap(walk):
    make_agreement(walk.product, "1", end_buyer=walk.buyer)
    with pytest.raises(IntegrityError, match="agreement_line_no_overlap"), transaction.atomic():
        make_agreement(walk.product, "1", end_buyer=walk.buyer)


def test_a_revision_takes_over_at_approval_with_the_use_so_far(walk, acts):
    first = approved(walk.draft(cap_qty=1000), acts)
    old = first.lines.get()
    reserve_caps(wanted={old.pk: 400})
    revised = revise_agreement(agreement_id=first.pk, draft=walk.draft(price="0.90", cap_qty=500), **acts)
    submit_agreement(agreement_id=revised.pk, **acts)
    assert outcome(walk.ask()) == ("agreement_any", "0.95")
    approve_agreement(agreement_id=revised.pk, **acts)
    assert outcome(walk.ask(100)) == ("agreement_any", "0.90")
    assert outcome(walk.ask(101)) == ("none", None)  # 400 of 500 are reserved
    release_caps(returned={old.pk: 400})  # an order booked under the first revision is cancelled
    assert outcome(walk.ask(500)) == ("agreement_any", "0.90")
    assert list(Agreement.objects.order_by("revision").values_list("revision", "status")) == [
        (1, "superseded"), (2, "approved"),
    ]  # fmt: skip


def test_use_follows_through_several_revisions(walk, acts):
    first = approved(walk.draft(cap_qty=100), acts)
    old = first.lines.get()
    reserve_caps(wanted={old.pk: 60})
    second = next_revision(first, walk.draft(cap_qty=200), acts)
    third = next_revision(second, walk.draft(cap_qty=300), acts)
    assert (third.lines.get().reserved_qty, second.lines.get().reserved_qty) == (60, 0)
    release_caps(returned={old.pk: 10})
    assert third.lines.get().reserved_qty == 50


def test_a_revision_that_starts_later_leaves_the_days_before_it_alone(walk, acts):
    first = approved(walk.draft(cap_qty=1000), acts)
    next_revision(first, walk.draft(price="0.90", valid_from=JUL, cap_qty=1000), acts)
    assert [outcome(walk.ask(on=day))[1] for day in (JAN, JUN, JUL, DEC)] == ["0.95", "0.95", "0.90", "0.90"]
    reserve_caps(wanted={AgreementLine.objects.get(valid_from=JUL).pk: 950})
    assert outcome(walk.ask(51, on=JUN)) == ("none", None)  # both share one cap
    first.refresh_from_db()
    assert (first.status, first.valid_to) == ("superseded", JUN)


def test_a_third_revision_may_reach_back_over_both(walk, acts):
    first = approved(walk.draft(), acts)
    second = next_revision(first, walk.draft(price="0.90", valid_from=JUL), acts)
    next_revision(second, walk.draft(price="0.80", valid_from=dt.date(2026, 3, 1)), acts)
    days = (JAN, dt.date(2026, 2, 28), dt.date(2026, 3, 1), JUL)
    assert [outcome(walk.ask(on=day))[1] for day in days] == ["0.95", "0.95", "0.80", "0.80"]


def test_a_revision_cannot_cap_below_what_is_used(walk, acts):
    first = approved(walk.draft(cap_qty=1000), acts)
    reserve_caps(wanted={first.lines.get().pk: 400})
    with pytest.raises(RevisionBelowUse, match="the new cap of 399 is below the 400 used"), transaction.atomic():
        next_revision(first, walk.draft(cap_qty=399), acts)


def test_one_revision_is_prepared_at_a_time_and_only_of_what_was_approved(walk, acts):
    agreement = create_agreement(draft=walk.draft(), **acts)
    with pytest.raises(WrongStatus, match="Only what was approved is revised"):
        revise_agreement(agreement_id=agreement.pk, draft=walk.draft(), **acts)
    submit_agreement(agreement_id=agreement.pk, **acts)
    approve_agreement(agreement_id=agreement.pk, **acts)
    revise_agreement(agreement_id=agreement.pk, draft=walk.draft(), **acts)
    with pytest.raises(WrongStatus, match="Revision 2 is being prepared already"):
        revise_agreement(agreement_id=agreement.pk, draft=walk.draft(), **acts)


def test_expiry_marks_what_has_ended_and_keeps_its_days_priced(walk, acts):
    approved(walk.draft("SPA-1", valid_to=JUN), acts)
    approved(walk.draft("SPA-2", valid_from=JUL), acts)
    assert expire_agreements(on=JUN) == 0
    assert expire_agreements(on=TODAY) == 1
    assert expire_agreements(on=TODAY) == 0
    assert Agreement.objects.get(status="expired").number == "SPA-1"
    assert outcome(walk.ask(on=JUN)) == ("agreement_any", "0.95")


def test_an_expired_agreement_is_prolonged_by_a_revision(walk, acts):
    first = approved(walk.draft(valid_to=JUN), acts)
    expire_agreements(on=TODAY)
    next_revision(first, walk.draft(price="0.90", valid_from=JUL), acts)
    assert [outcome(walk.ask(on=day))[1] for day in (JUN, TODAY)] == ["0.95", "0.90"]
