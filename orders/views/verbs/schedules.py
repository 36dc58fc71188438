"""Verbs of one schedule."""

from typing import Any

from orders.actions.cancel_line import cancel_line
from orders.actions.change_quantity import change_quantity
from orders.actions.context import Occasion
from orders.actions.move_request import move_request
from orders.actions.set_commit import set_commit
from orders.actions.split_schedule import split_schedule
from orders.engine.state import VerbRefused
from orders.forms.verbs import CancelPartForm, CommitForm, QuantityForm, RequestForm, SplitForm
from orders.views.verbs.base import ScheduleVerb


class SetCommit(ScheduleVerb):
    heading = "Commit"
    form_class = CommitForm
    submit_label = "Promise this date"
    success_message = "Commit saved."

    def current(self) -> dict[str, Any]:
        return {"commit_date": self.schedule.current_commit}

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        if typed["commit_date"] == self.schedule.current_commit and typed["version"] == self.version():
            raise VerbRefused("That is the commit already.", "commit_date")
        set_commit(
            order_id=self.order.pk,
            schedule_id=self.schedule.pk,
            to=typed["commit_date"],
            occasion=occasion,
            line_version=typed["version"],
        )


class MoveRequest(ScheduleVerb):
    heading = "Move the request date"
    form_class = RequestForm
    submit_label = "Move it"
    success_message = "Request date moved."

    def current(self) -> dict[str, Any]:
        return {"request_date": self.schedule.request_date}

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        if typed["request_date"] == self.schedule.request_date and typed["version"] == self.version():
            raise VerbRefused("That is the request date already.", "request_date")
        move_request(
            order_id=self.order.pk,
            schedule_id=self.schedule.pk,
            to=typed["request_date"],
            occasion=occasion,
            line_version=typed["version"],
        )


class ChangeQuantity(ScheduleVerb):
    heading = "Change the quantity"
    form_class = QuantityForm
    submit_label = "Change it"
    success_message = "Quantity changed."

    def current(self) -> dict[str, Any]:
        return {"quantity": self.schedule.quantity}

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        change_quantity(
            order_id=self.order.pk,
            schedule_id=self.schedule.pk,
            quantity=typed["quantity"],
            occasion=occasion,
            line_version=typed["version"],
        )


class SplitSchedule(ScheduleVerb):
    heading = "Split the schedule"
    form_class = SplitForm
    submit_label = "Split it"
    success_message = "Schedule split."

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        split_schedule(
            order_id=self.order.pk,
            schedule_id=self.schedule.pk,
            quantity=typed["quantity"],
            request_date=typed["request_date"],
            occasion=occasion,
            line_version=typed["version"],
        )


class CancelSchedule(ScheduleVerb):
    heading = "Cancel this schedule"
    form_class = CancelPartForm
    submit_label = "Cancel this quantity"
    success_message = "Cancelled."

    def current(self) -> dict[str, Any]:
        return {"quantity": self.schedule.open_qty}

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        cancel_line(
            order_id=self.order.pk,
            line_id=self.line.pk,
            schedule_id=self.schedule.pk,
            quantity=typed["quantity"],
            occasion=occasion,
            line_version=typed["version"],
        )
