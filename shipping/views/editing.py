"""What the edit pages of versioned records share: what a second person sees."""

import datetime as dt
from abc import abstractmethod
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from shipping.errors import ShippingRefused, StaleVersion
from shipping.fields import PlaceField
from shipping.tables import SEES_NUMBERS
from tenancy.clicks import KEY_FIELD
from ui.views import Compared, FormPage, conflict_response

NOT_TYPED = ("csrfmiddlewaretoken", KEY_FIELD, "version")


class SaveForm(FormPage):
    permission = SEES_NUMBERS
    asks_reason = True
    refusals = (ShippingRefused,)


class SaveVersioned(SaveForm):
    """A form with a version, for a record that somebody else may save in between."""

    form: Any = None

    @abstractmethod
    def current(self, record: Any) -> dict[str, Any]:
        """The record's values as the form's fields hold them."""

    def get_form(self, **kwargs: Any) -> Any:
        self.form = super().get_form(**kwargs)
        return self.form

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, **kwargs)
        except StaleVersion as stale:
            return self.conflict(stale.current)

    def conflict(self, record: Any) -> HttpResponse:
        """Mine beside theirs; mine can be saved over it, with everything that was typed."""
        theirs, typed = self.current(record), self.form.cleaned_data
        rows = [
            Compared(str(self.form[name].label), shown(field, typed.get(name)), shown(field, theirs.get(name)))
            for name, field in self.form.fields.items()
        ]
        posted = {name: value for name, value in self.request.POST.items() if name not in NOT_TYPED}
        return conflict_response(
            self.request,
            what=str(record),
            rows=[row for row in rows if row.differs],
            theirs_label=f"Saved meanwhile, version {record.version}",
            back_url=self.get_cancel_url(),
            retry={**posted, "version": str(record.version), KEY_FIELD: str(uuid4())},
        )


def shown(field: Any, value: Any) -> str:
    """A typed value and a stored one spelled alike."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Model):
        return PlaceField().prepare_value(value) if hasattr(value, "party_id") else str(value)
    return str(dict(getattr(field, "choices", ())).get(value, value))
