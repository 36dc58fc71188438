from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from fulfilment.actions.mail_instruction import mail_instruction, paper_of
from fulfilment.errors import FulfilmentRefused
from fulfilment.models import ShipRequest
from orders.actions.context import Occasion
from orders.actions.mail_paper import PaperAbove
from orders.engine.state import VerbRefused
from orders.views.mails import MailPaper
from orders.views.verbs.base import spelled

# it holds freight accounts in full
SEES_IT = "orders.release"


class MailInstruction(MailPaper):
    """Contacts of the site that ships, and of the re-shipper on the way."""

    refusals = (VerbRefused, FulfilmentRefused)
    words = ("dock", "ship", "dispatch", "warehouse", "logistic", "forward")

    def required_right(self) -> str | None:
        return self.permission if self.member.may(SEES_IT) else SEES_IT

    @cached_property
    def ship_request(self) -> ShipRequest:
        found = ShipRequest.objects.filter(order=self.order).select_related("terms__re_shipper")
        return get_object_or_404(found, pk=self.kwargs["ship_request"])

    def paper(self) -> PaperAbove:
        return paper_of(self.ship_request)

    def title(self) -> str:
        return f"ship request {self.ship_request.number}"

    def party_ids(self) -> list[int]:
        re_shipper = self.ship_request.terms.re_shipper
        return [self.ship_request.site_party_id, *([re_shipper.party_id] if re_shipper else [])]

    def facts(self) -> list[tuple[str, str]]:
        request = self.ship_request
        return [
            ("Revision", str(request.revision)),
            ("Ships from", request.frozen["site_name"]),
            ("Ship by", spelled(request.ship_by_date)),
        ]

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        mail_instruction(
            request=self.ship_request, to=self.form.recipients(), message=typed["message"], occasion=occasion
        )
