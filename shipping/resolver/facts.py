"""Names and rules that the statement sends along with its answers, each once."""

from dataclasses import dataclass, field
from typing import Any

from shipping import engine
from shipping.engine import Account, Wanted
from shipping.resolver import trail
from shipping.resolver.question import TermsQuestion


@dataclass
class Facts:
    """The rows beside the answers, by id (rules by their place)."""

    rules: dict[int, dict[str, Any]] = field(default_factory=dict)
    terms: dict[int, dict[str, Any]] = field(default_factory=dict)
    accounts: dict[int, Account] = field(default_factory=dict)
    parties: dict[int, str] = field(default_factory=dict)
    places: dict[int, dict[str, Any]] = field(default_factory=dict)
    families: dict[int, str] = field(default_factory=dict)
    # what was found missing for the same terms, parties and day
    seen: dict[tuple[Any, ...], list[str]] = field(default_factory=dict)
    # the reason without its bands, and the names of the bands, by place
    phrases: dict[int, trail.Phrase] = field(default_factory=dict)

    def name_rules(self) -> None:
        """Put names where the statement left the ids of what each rule wants."""
        place_names = {number: place["name"] for number, place in self.places.items()}
        for rule in self.rules.values():
            for shelf, conditions in (
                (self.parties, ("end_buyer", "sell_to")),
                (place_names, ("ship_to", "ship_from")),
                (self.families, ("family",)),
            ):
                for name in conditions:
                    rule[name] = shelf.get(rule[name] or 0, "")

    def actual(self, asked: TermsQuestion) -> dict[str, str]:
        """What the delivery is, per condition, as the trail shows it."""
        ship_to = self.places.get(asked.ship_to_id or 0, {})
        ship_from = self.places.get(asked.ship_from_id or 0, {})
        return {
            "ship_to": ship_to.get("name", ""),
            "end_buyer": self.parties.get(asked.end_buyer_id or 0, ""),
            "sell_to": self.parties.get(asked.sell_to_id, ""),
            "family": self.families.get(asked.family_id or 0, ""),
            "ship_from": ship_from.get("name", ""),
            "region": ship_to.get("region", ""),
            "country": ship_to.get("country", ""),
            "weight": trail.figure(asked.weight_kg, " kg"),
            "value": trail.figure(asked.value),
            "incoterm": asked.incoterm,
            "dates": trail.day(asked.on),
        }

    def reason(self, place: int, asked: TermsQuestion) -> str:
        if place not in self.phrases:
            self.phrases[place] = trail.phrase_of(self.rules[place])
        return self.phrases[place].spelled(asked.weight_kg, asked.value)

    def missing(self, terms_id: int, asked: TermsQuestion) -> list[str]:
        key = (terms_id, asked.sell_to_id, asked.end_buyer_id, asked.ship_to_id, asked.on)
        if key not in self.seen:
            self.seen[key] = self._missing(terms_id, asked)
        return self.seen[key]

    def _missing(self, terms_id: int, asked: TermsQuestion) -> list[str]:
        terms = self.terms[terms_id]
        ship_to = self.places.get(asked.ship_to_id or 0)
        wanted = Wanted(
            incoterm=terms["incoterm"],
            named_place=terms["named_place"],
            freight_payer=terms["freight_payer"],
            carrier_id=terms["carrier_id"],
            service=terms["service"],
            account_id=terms["account_id"],
            has_ship_to=ship_to is not None,
        )
        payers = engine.payer_parties(
            wanted.freight_payer,
            receiver_id=ship_to["party_id"] if ship_to else None,
            sell_to_id=asked.sell_to_id,
            end_buyer_id=asked.end_buyer_id,
            re_shipper_id=terms["re_shipper_party_id"],
        )
        account = engine.choose_account(wanted, self.accounts.values(), payers=payers, on=asked.on)
        return engine.missing(wanted, account)
