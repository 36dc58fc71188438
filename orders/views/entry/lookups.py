"""What the look-up of a cell offers: `?kind=part&q=48-1&sell_to=NORTH` → `{"options": [{value, label, note}]}`."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse

from orders.lookup import find_parties
from orders.lookup.options import Option, part_options, party_options, place_options, site_options
from parties.choices import PartyRole
from parties.models import Party
from ui.views.access import PermittedView

LONGEST = 200
ROLES = {"sell_to": PartyRole.SELL_TO, "end_buyer": PartyRole.END_BUYER}
PART, SHIP_TO, SHIP_FROM = "part", "ship_to", "ship_from"


class LookUp(PermittedView):
    permission = "orders.enter"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kind, text = request.GET.get("kind", PART), self.asked("q")
        if kind in ROLES:
            return answer(party_options(text, role=ROLES[kind]))
        if kind == PART:
            return answer(part_options(text, party_ids=self.near()))
        if kind == SHIP_FROM:
            return answer(site_options(text))
        if kind == SHIP_TO:
            return answer(place_options(text, near=self.near()))
        return HttpResponseBadRequest("There is no such look-up.", content_type="text/plain")

    def asked(self, name: str) -> str:
        return self.request.GET.get(name, "")[:LONGEST].replace("\0", "")

    def near(self) -> list[int]:
        """The parties named on the page, with their parents: their numbers and places come first."""
        found = find_parties([self.asked("sell_to"), self.asked("end_buyer")]).values()
        parties = [party for party in found if isinstance(party, Party)]
        return [each for party in parties for each in (party.pk, party.parent_id) if each]


def answer(options: list[Option]) -> JsonResponse:
    return JsonResponse({"options": [asdict(option) for option in options]})
