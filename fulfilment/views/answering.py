from typing import Any

from fulfilment.errors import FulfilmentRefused
from fulfilment.forms import ConfirmForm
from fulfilment.querysets import lines_of
from fulfilment.views.ship_requests import OneRequest
from orders.engine.state import VerbRefused
from ui.views import FormPage

REFUSALS = (FulfilmentRefused, VerbRefused)


class AnswerPage(OneRequest, FormPage):
    """What a site really shipped of a request, whoever types it in."""

    form_class = ConfirmForm
    refusals = REFUSALS

    def get_form_kwargs(self) -> dict[str, Any]:
        found = self.ship_request()
        return {"request": found, "lines": lines_of(found)}

    def get_initial(self) -> dict[str, Any]:
        return {"ship_date": self.tenant.today(self.now())}
