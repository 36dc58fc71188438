from collections.abc import Sequence

from fulfilment.choices import ShipRequestStatus
from fulfilment.errors import FulfilmentRefused
from fulfilment.models import ShipRequest
from orders.actions.context import Occasion
from orders.actions.mail_paper import PaperAbove, Recipient, mail_paper
from orders.models import PaperMail

KIND = "ship_request_for_mail"
OUT_OF_FORCE = (ShipRequestStatus.SUPERSEDED, ShipRequestStatus.CANCELLED)


def mail_instruction(
    *, request: ShipRequest, to: Sequence[Recipient], message: str, occasion: Occasion
) -> list[PaperMail]:
    """Send the instruction as PDF to whoever ships by it: a mail of its own for each address, by a job.

    Raises FulfilmentRefused for an instruction that is not in force any more, VerbRefused for no address and for too
    many.
    """
    if request.status in OUT_OF_FORCE:
        raise FulfilmentRefused(f"{request} is not in force any more: {request.get_status_display().lower()}.")
    return mail_paper(paper=paper_of(request), to=to, message=message, occasion=occasion)


def paper_of(request: ShipRequest) -> PaperAbove:
    where = request.frozen["site_name"]
    about = f"our ship request {request.number}, to leave {where} by {request.ship_by_date:%d %b %Y}."
    if request.revision > 1:
        about += f" It is revision {request.revision} and takes the place of what you have of it."
    return PaperAbove(
        order_id=request.order_id,
        title=title_of(request),
        about=about,
        kind=KIND,
        payload={"ship_request_id": request.pk},
    )


def title_of(request: ShipRequest) -> str:
    """What the mail calls it, and how the log finds the mails of a revision."""
    return f"Ship request {request.number} revision {request.revision}"
