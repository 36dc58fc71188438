from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shipping.forms import TryForm
from shipping.models import ShippingTerms
from shipping.resolver import TermsAnswer, TermsQuestion, resolve_terms
from ui.views import PermittedView
from ui.views.form import UNPROCESSABLE


class TryTerms(PermittedView):
    """Which terms would a delivery get, and why? Changes nothing, so that the address can be passed on."""

    permission = "master.view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        today = self.tenant.today(self.now())
        form = TryForm(request.GET or None, today=today)
        if not form.is_bound:
            return self.page(form)
        if not form.is_valid():
            return self.page(form, status=UNPROCESSABLE)
        answer = resolve_terms([asked(form.cleaned_data)])[0]
        return self.page(form, answer)

    def page(self, form: TryForm, answer: TermsAnswer | None = None, status: int = 200) -> HttpResponse:
        terms = ShippingTerms.objects.filter(pk=answer.terms_id).first() if answer and answer.terms_id else None
        context = {"form": form, "answer": answer, "terms": terms, "heading": "Which terms apply?"}
        return render(self.request, "shipping/try.html", context, status=status)


def asked(found: dict[str, Any]) -> TermsQuestion:
    ids = {f"{name}_id": found[name].pk if found[name] else None for name in ("end_buyer", "ship_to", "ship_from")}
    return TermsQuestion(
        key=1,
        sell_to_id=found["sell_to"].pk,
        family_id=found["family"].pk if found["family"] else None,
        on=found["on"],
        weight_kg=found["weight_kg"],
        value=found["value"],
        incoterm=found["incoterm"],
        **ids,
    )
