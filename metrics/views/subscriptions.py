from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from metrics.actions.change_subscription import change_subscription
from metrics.actions.resume_subscription import resume_subscription
from metrics.actions.stop_subscription import stop_subscription
from metrics.actions.subscribe_report import subscribe_report
from metrics.mailing.days import next_instant
from metrics.mailing.form import SubscriptionForm, initial_of
from metrics.mailing.recipients import address_of, rhythm_of
from metrics.mailing.subscriptions import SubscriptionRefused
from metrics.mailing.tables import SubscriptionTable
from metrics.models import ReportSubscription
from ui.views import ConfirmPost, FormPage
from ui.views.list import EmptyAction, ListPage

SEND = "reports.send"


class SubscriptionList(ListPage):
    permission = SEND
    model = ReportSubscription
    table_class = SubscriptionTable
    template_name = "metrics/subscription_list.html"
    heading = "Reports by e-mail"
    empty_title = "Nothing is sent by e-mail yet"
    empty_text = "Have bookings, billings and backlog sent every day, every week or after each fiscal period."

    def get_queryset(self) -> QuerySet[Any]:
        return ReportSubscription.objects.select_related("member__user", "party")

    def get_empty_actions(self) -> list[EmptyAction]:
        return [EmptyAction("New subscription", self.url("metrics:subscription_create"))]


class SubscriptionPage(FormPage):
    permission = SEND
    form_class = SubscriptionForm
    refusals = (SubscriptionRefused,)
    template_name = "metrics/subscription.html"
    asks_reason = True

    def get_cancel_url(self) -> str:
        return self.url("metrics:subscription_list")


class CreateSubscription(SubscriptionPage):
    heading = "Send figures by e-mail"
    submit_label = "Send from now on"
    success_message = "The figures will be sent."

    def execute(self, form: SubscriptionForm) -> str:
        subscribe_report(wanted=form.wanted(), by=self.member, at=self.now())
        return self.url("metrics:subscription_list")


class EditSubscription(SubscriptionPage):
    heading = "Change what is sent"
    success_message = "Changed."

    @cached_property
    def subscription(self) -> ReportSubscription:
        found = ReportSubscription.objects.select_related("member__user", "party", "end_buyer", "family", "product")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.subscription)

    def get_history_url(self) -> str:
        return self.url("people:history", "subscription", self.subscription.pk)

    def get_context(self, form: SubscriptionForm) -> dict[str, Any]:
        found = self.subscription
        due = next_instant(rhythm_of(self.tenant, found), self.now()) if found.is_active else None
        return {"subscription": found, "address": address_of(found), "next_due": due}

    def execute(self, form: SubscriptionForm) -> str:
        change_subscription(subscription_id=self.subscription.pk, wanted=form.wanted(), at=self.now())
        return self.url("metrics:subscription_list")


class SwitchSubscription(ConfirmPost):
    permission = SEND
    asks_reason = True

    @cached_property
    def subscription(self) -> ReportSubscription:
        found = ReportSubscription.objects.select_related("member__user")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_cancel_url(self) -> str:
        return self.url("metrics:subscription_edit", self.subscription.pk)


class StopSubscription(SwitchSubscription):
    heading = "Stop sending"
    submit_label = "Stop"
    success_message = "Nothing more will be sent."
    is_destructive = True

    def get_question(self) -> str:
        return f"Send no more of “{self.subscription.name}” to {address_of(self.subscription)}?"

    def execute(self, form: Any) -> str:
        stop_subscription(subscription_id=self.subscription.pk, reason=f"Stopped by {self.member.user.email}")
        return self.url("metrics:subscription_list")


class ResumeSubscription(SwitchSubscription):
    heading = "Send again"
    submit_label = "Send from now on"
    success_message = "The figures will be sent from now on."

    def get_question(self) -> str:
        return f"Send “{self.subscription.name}” to {address_of(self.subscription)} from now on?"

    def execute(self, form: Any) -> str:
        resume_subscription(subscription_id=self.subscription.pk, at=self.now())
        return self.url("metrics:subscription_list")
