from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pricing.choices import PriceSource
from pricing.forms.question import QuestionForm
from pricing.resolver import PriceAnswer, PriceQuestion, resolve_prices
from ui.views import PermittedView

LABELS = dict(PriceSource.choices)


class AskPrice(PermittedView):
    """What a line would cost, and why. Nothing is written."""

    permission = "master.view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        today = self.tenant.today(self.now())
        asked = request.GET if "product" in request.GET else None
        form = QuestionForm(asked, initial={"currency": self.tenant.currency, "on": today, "quantity": 1})
        answer = ask(form.cleaned_data) if form.is_bound and form.is_valid() else None
        return render(request, "pricing/question.html", {"form": form, "answer": answer, "steps": steps_of(answer)})


def ask(found: dict[str, Any]) -> PriceAnswer:
    question = PriceQuestion(
        key=1,
        sell_to_id=found["sell_to"].pk,
        end_buyer_id=found["end_buyer"].pk if found["end_buyer"] else None,
        product_id=found["product"].pk,
        quantity=found["quantity"],
        currency=found["currency"],
        on=found["on"],
        project=found["project"],
        cited_agreement=found["cited_agreement"],
    )
    return resolve_prices([question])[0]


def steps_of(answer: PriceAnswer | None) -> list[dict[str, Any]]:
    return [{**entry, "label": LABELS[entry["step"]]} for entry in answer.trail] if answer else []
