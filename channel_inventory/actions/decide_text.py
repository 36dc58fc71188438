"""A person says who a reported end buyer is, that it is none, or that it can wait; and takes it back."""

import datetime as dt

from django.db import transaction

from channel_inventory.actions.certify_texts import certify_lines
from channel_inventory.actions.foresee_claims import foresee_claims
from channel_inventory.actions.lock_partners import lock_partners_soon
from channel_inventory.actions.value_claims import value_claims
from channel_inventory.choices import WAITING_TEXTS, CertificationMethod, PosState, TextState
from channel_inventory.models import PosLine, ReportedEndBuyer
from channel_inventory.pos.texts import UNNAMED
from parties.actions.add_alias import add_alias
from parties.actions.forget_alias import forget_alias
from parties.actions.give_role import give_role
from parties.choices import PartyRole
from parties.errors import PartyRefusal
from parties.models import PartyAlias
from tenancy.models import Member
from values.text import normalise_name

DECISION = ("state", "party", "method", "score", "alias", "decided_by", "decided_at")


class TextDecided(Exception):
    """Somebody has decided it meanwhile: it is opened again first."""


class AliasElsewhere(Exception):
    """The partner's text is learnt as another party already."""


@transaction.atomic
def certify_text(
    *,
    text_id: int,
    party_id: int,
    by: Member,
    at: dt.datetime,
    is_learnt: bool = True,
    method: CertificationMethod = CertificationMethod.PERSON,
) -> ReportedEndBuyer:
    """The text means this party. With `is_learnt` from now on too: its name is learnt as what this partner calls it.

    A text that names nobody is not learnt. Its lines get the end buyer and are valued; the party is an end buyer from
    then on if it was none. The same decision again changes nothing. Raises TextDecided, AliasElsewhere.
    """
    text = locked(text_id)
    if text.state == TextState.CERTIFIED and text.party_id == party_id:
        return text
    refuse_decided(text)
    text.alias = learnt(text, party_id, by, at) if is_learnt else None
    give_role(party_id=party_id, role=PartyRole.END_BUYER, by=by, at=at)
    text.party_id, text.method = party_id, method
    settle(text, TextState.CERTIFIED, by, at)
    certify_lines([text.pk])
    value_claims(pos_line_ids=lines_of(text), by=by, at=at)
    return text


@transaction.atomic
def set_text_aside(*, text_id: int, is_rejected: bool, by: Member, at: dt.datetime) -> ReportedEndBuyer:
    """Put it off, or reject it: a rejected text earns no claim, however often it is reported. Raises TextDecided."""
    text = locked(text_id)
    refuse_decided(text)
    settle(text, TextState.REJECTED if is_rejected else TextState.LATER, by, at)
    return text


@transaction.atomic
def reopen_text(*, text_id: int, by: Member, at: dt.datetime) -> ReportedEndBuyer:
    """Take the decision back: the alias that it taught is forgotten, its lines lose the end buyer and their claims.

    What was put off waits again.
    """
    text = locked(text_id)
    if text.state == TextState.OPEN:
        return text
    alias_id, lines = text.alias_id, lines_of(text)
    text.party = text.alias = None
    text.method = ""
    settle(text, TextState.OPEN, by, at)
    if alias_id is not None:
        forget_alias(alias_id=alias_id, by=by, at=at)
    PosLine.objects.filter(pk__in=lines).update(end_buyer=None)
    value_claims(pos_line_ids=lines, by=by, at=at)
    foresee_claims(text_ids=[text.pk], at=at)
    return text


def locked(text_id: int) -> ReportedEndBuyer:
    """Its partner first, as whoever takes a report of the partner does. Raises PartnerBusy."""
    lock_partners_soon(ReportedEndBuyer.objects.filter(pk=text_id).values_list("partner_id", flat=True))
    texts = ReportedEndBuyer.objects.select_for_update(of=("self",), no_key=True).select_related("partner")
    return texts.get(pk=text_id)


def refuse_decided(text: ReportedEndBuyer) -> None:
    if text.state not in WAITING_TEXTS:
        raise TextDecided(f"“{text.name}” is {text.get_state_display().lower()} already. Open it again first.")


def learnt(text: ReportedEndBuyer, party_id: int, by: Member, at: dt.datetime) -> PartyAlias | None:
    """The alias that this decision teaches; None where there is no name, or it was known before."""
    normalised = normalise_name(text.name)
    if text.name == UNNAMED or not normalised:
        return None
    reporter = text.partner.merged_into_id or text.partner_id
    known = PartyAlias.objects.filter(normalised=normalised, reported_by_id=reporter).first()
    if known is not None and known.party_id == party_id:
        return None
    try:
        return add_alias(party_id=party_id, alias=text.name, reported_by_id=reporter, by=by, at=at)
    except PartyRefusal as refusal:
        raise AliasElsewhere(str(refusal)) from refusal


def settle(text: ReportedEndBuyer, state: TextState, by: Member, at: dt.datetime) -> None:
    text.state, text.score, text.decided_by, text.decided_at = state, None, by, at
    text.save(update_fields=DECISION)


def lines_of(text: ReportedEndBuyer) -> list[int]:
    found = PosLine.objects.filter(reported_end_buyer=text, state=PosState.CURRENT)
    return list(found.order_by("pk").values_list("pk", flat=True))
