"""New names of end buyers, each from the text of a report to what a person is offered; and the same names once more.

None of the names is known: each is an end buyer's, written as people write it, so that every one is kept, asked for by
code, alias and name, and looked up among all names that are alike. That is what a new name costs; the limit is four
milliseconds. Then a person has decided them all, and the same texts come again: that is held against the first time.
All is rolled back.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from django.db import transaction

from channel_inventory.actions.certify_texts import certify_texts
from channel_inventory.actions.save_texts import save_texts
from channel_inventory.choices import CertificationMethod, TextState
from channel_inventory.models import ReportedEndBuyer
from channel_inventory.pos.texts import EndBuyerText
from oms.bench.bench import Bench
from oms.bench.clock import seconds
from oms.bench.pos_import import make_partner
from oms.bench.result import Result, at_most
from parties.choices import PartyRole
from parties.models import Party
from parties.suggestions import suggest_parties
from tenancy.scope import tenant_scope
from values.text import normalise_name

NAMES, AT_ONCE, MOST_SECONDS = 30_000, 1_000, 0.004
# of what a new name costs: it is found again, and nothing is asked
FREE = 0.2


class NotNew(RuntimeError):
    """A name was certified without anybody: less work would be measured."""


class Names:
    """So many new names of one partner, with the party that each stands for."""

    def __init__(self, partner: Party, meant: dict[str, int], at: dt.datetime):
        self.partner, self.at, self.meant = partner, at, meant
        told = (EndBuyerText(name=name) for name in meant)
        self.texts = {(partner.pk, text.key): text for text in told}
        self.offered = 0

    def certify(self) -> list[ReportedEndBuyer]:
        """As the taking of a report does it."""
        kept = list(save_texts(texts=self.texts, at=self.at).values())
        certify_texts(text_ids=[text.pk for text in kept], at=self.at)
        return kept

    def suggest(self) -> None:
        """By so many at once as the names of a report would be; a page asks for one."""
        waiting = ReportedEndBuyer.objects.filter(partner=self.partner, state=TextState.OPEN).order_by("pk")
        names = list(waiting.values_list("pk", "name", "normalised_name"))
        if len(names) != len(self.meant):
            raise NotNew(f"{len(self.meant) - len(names):,} of {len(self.meant):,} names were certified")
        for start in range(0, len(names), AT_ONCE):
            some = names[start : start + AT_ONCE]
            found = suggest_parties({pk: normalised for pk, _, normalised in some})
            self.offered += sum(any(each.party_id == self.meant[name] for each in found[pk]) for pk, name, _ in some)

    def decide(self) -> None:
        """Somebody has said who they are; which party it is does not change what a repeat costs."""
        party_id = next(iter(self.meant.values()))
        ReportedEndBuyer.objects.filter(partner=self.partner).update(
            state=TextState.CERTIFIED, party_id=party_id, method=CertificationMethod.PERSON
        )


def measure(bench: Bench) -> list[Result]:
    at = dt.datetime.combine(bench.world.today, dt.time(20), dt.UTC)
    with tenant_scope(bench.tenant.pk), transaction.atomic():
        names = Names(make_partner(), dict(islice(new_names(), NAMES)), at)
        kept, found = seconds(names.certify), seconds(names.suggest)
        names.decide()
        again = seconds(names.certify)
        transaction.set_rollback(True)
    count = len(names.meant)
    first, limit = (kept + found) / count, MOST_SECONDS
    bench.say(
        f"  {count:,} names: kept and asked for {kept / count * 1000:.2f} ms each, what is alike "
        f"{found / count * 1000:.2f} ms; who was meant is offered for {names.offered / count:.0%}"
    )
    note = f"{count:,} names that nobody knows, each kept, asked for and looked up; limit: 4 ms"
    repeat = f"the same {count:,} once they are decided; limit: the first time"
    return [
        Result("certify", first * 1000, "ms", limit * 1000, at_most(1), note),
        Result("certify_repeat", again / count * 1000, "ms", first * 1000, at_most(FREE), repeat),
    ]


def new_names() -> Iterator[tuple[str, int]]:
    """Six spellings of every end buyer, none of them a name or an alias: first one of each, then the next."""
    parties = Party.objects.filter(role_facts__role=PartyRole.END_BUYER, merged_into__isnull=True).order_by("pk")
    named = list(parties.values_list("pk", "name"))
    known = set(Party.objects.values_list("normalised_name", flat=True))
    for spell in (swapped, without_vowels, cut, doubled, turned, of_a_branch):
        for pk, name in named:
            written = spell(name.split())
            plain = normalise_name(written)
            if plain not in known:
                known.add(plain)
                yield written, pk


def swapped(words: list[str]) -> str:
    return " ".join([*words[1:], words[0]])


def without_vowels(words: list[str]) -> str:
    return " ".join([words[0], *("".join(one for one in word if one not in "aeiou") for word in words[1:])])


def cut(words: list[str]) -> str:
    return " ".join(f"{word[:4]}." if len(word) > 5 else word for word in words).upper()


def doubled(words: list[str]) -> str:
    first = words[0]
    return " ".join([f"{first[:3]}{first[2:3]}{first[3:]}", *words[1:]])


def turned(words: list[str]) -> str:
    first = words[0]
    return " ".join([f"{first[:2]}{first[3:4]}{first[2:3]}{first[4:]}", *words[1:]])


def of_a_branch(words: list[str]) -> str:
    return " ".join([*words, "Plant East"])
