from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jobs.actions.request_job import request_job
from orders.actions.context import Occasion
from orders.engine.state import VerbRefused
from orders.models import Acknowledgement, Invoice, PaperMail

PREPARE = "document_for_mail"
MOST_AT_ONCE = 10


@dataclass(frozen=True)
class Recipient:
    """`name` is a contact's, empty for an address that was typed."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class PaperAbove:
    """A paper of an order that a floor above prints.

    A job of that floor's own `kind` prints it and calls `prepare_paper_mail`; `payload` is what it needs beside the
    mail. `about` follows “attached is”.
    """

    order_id: int
    title: str
    about: str
    kind: str
    payload: Mapping[str, int] = field(default_factory=dict)


Paper = Acknowledgement | Invoice | PaperAbove


def mail_paper(*, paper: Paper, to: Sequence[Recipient], message: str, occasion: Occasion) -> list[PaperMail]:
    """Send this paper, as it is now, to each of these addresses: a mail of its own for each, by a job.

    Raises VerbRefused for no address and for too many.
    """
    recipients = without_repeats(to)
    if not recipients:
        raise VerbRefused("Choose a contact, or write an address.", "addresses")
    if len(recipients) > MOST_AT_ONCE:
        raise VerbRefused(f"At most {MOST_AT_ONCE} addresses at once.", "addresses")
    return [request_mail(paper, each, message.strip(), occasion) for each in recipients]


def without_repeats(to: Sequence[Recipient]) -> list[Recipient]:
    found: dict[str, Recipient] = {}
    for each in to:
        address = each.address.strip().lower()
        found.setdefault(address, Recipient(address, each.name))
    return list(found.values())


def request_mail(paper: Paper, to: Recipient, message: str, occasion: Occasion) -> PaperMail:
    above = paper if isinstance(paper, PaperAbove) else None
    mail = PaperMail.objects.create(
        order_id=paper.order_id,
        acknowledgement=paper if isinstance(paper, Acknowledgement) else None,
        invoice=paper if isinstance(paper, Invoice) else None,
        paper=above.title if above else "",
        about=above.about if above else "",
        address=to.address,
        recipient=to.name,
        message=message,
        asked_by=occasion.by,
        created_at=occasion.at,
    )
    payload = {**(above.payload if above else {}), "mail": mail.pk}
    kind = above.kind if above else PREPARE
    mail.job = request_job(kind=kind, unique_key=str(mail.pk), payload=payload, by=occasion.by, at=occasion.at)
    mail.save(update_fields=["job"])
    return mail
