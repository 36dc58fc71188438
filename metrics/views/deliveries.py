from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from jobs.mailing import NothingToSend
from metrics.actions.send_again import send_again
from metrics.filters import DeliveryFilter
from metrics.mailing.tables import DeliveryTable
from metrics.models import ReportDelivery
from metrics.views.subscriptions import SEND
from ui.views import ConfirmPost
from ui.views.list import ListPage


class DeliveryList(ListPage):
    """The log: every mail with figures, to whom, of which day, and whether it went out."""

    permission = SEND
    model = ReportDelivery
    table_class = DeliveryTable
    filterset_class = DeliveryFilter
    heading = "Mails sent"
    empty_title = "No mail has been due yet"
    empty_text = "Each mail of a subscription is listed here when it falls due."

    def get_queryset(self) -> QuerySet[Any]:
        return ReportDelivery.objects.select_related("subscription", "party", "job", "pdf", "xlsx")


class SendAgain(ConfirmPost):
    """Try a mail anew that did not go out, or of which nobody knows."""

    permission = SEND
    heading = "Send the mail again"
    submit_label = "Send again"
    success_message = "The mail is on its way."
    refusals = (NothingToSend,)

    @cached_property
    def delivery(self) -> ReportDelivery:
        return get_object_or_404(ReportDelivery.objects.select_related("subscription"), pk=self.kwargs["pk"])

    def get_question(self) -> str:
        delivery = self.delivery
        return (
            f"Send “{delivery.subscription.name}” as of {delivery.as_of:%d %b %Y} to {delivery.address} once more? "
            "If the first one did go out after all, they get it twice."
        )

    def get_cancel_url(self) -> str:
        return self.url("metrics:delivery_list")

    def execute(self, form: Any) -> str:
        send_again(delivery_id=self.delivery.pk, at=self.now())
        return self.url("metrics:delivery_list")
