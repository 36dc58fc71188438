"""What somebody sees who decides one text: the text, its lines, who else writes it so, and what was decided last."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, F, Q, Sum

from channel_inventory.certification.queue import Queue, Uncertified
from channel_inventory.choices import WAITING_TEXTS, PosState, TextState
from channel_inventory.models import PosLine, ReportedEndBuyer
from tenancy.models import Member

MOST_LINES = 5
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Behind:
    """What hangs on a text: current lines, the files they came in, and their value currency by currency."""

    lines: int
    files: int
    sums: list[Uncertified]
    newest: list[PosLine]
    others: int
    """Partners beside this one who have a text of that name waiting."""


def behind(text: ReportedEndBuyer) -> Behind:
    """Four statements; by pos_line_of_text and reported_end_buyer_queue."""
    current = PosLine.objects.filter(reported_end_buyer=text, state=PosState.CURRENT)
    by_currency = current.order_by("currency").values("currency")
    sums = by_currency.annotate(value=Sum(F("quantity") * F("resale_price")), lines=Count("pk"))
    same = Q(normalised_name=text.normalised_name, state__in=WAITING_TEXTS) if text.normalised_name else Q(pk__in=())
    others = ReportedEndBuyer.objects.filter(same).exclude(partner_id=text.partner_id)
    found = [Uncertified(each["currency"], each["value"], each["lines"]) for each in sums]
    return Behind(
        lines=sum(each.lines for each in found),
        files=current.aggregate(files=Count("batch", distinct=True))["files"],
        sums=found,
        newest=list(current.select_related("product").order_by("-pk")[:MOST_LINES]),
        others=others.values("partner_id").distinct().count(),
    )


def last_decided(by: Member) -> ReportedEndBuyer | None:
    """What this member decided last and has not taken back. By reported_end_buyer_decided."""
    decided = ReportedEndBuyer.objects.filter(decided_by=by).exclude(state=TextState.OPEN)
    return decided.select_related("party", "partner").order_by("-decided_at", "-pk").first()


def left_after(queue: Queue, done: Behind) -> list[Uncertified]:
    """What stays uncertified once the text is decided, in the currencies of its lines; as the sums are shown."""
    mine = {each.currency: each for each in done.sums}
    return [
        Uncertified(each.currency, shown(each.value) - shown(gone.value), each.lines - gone.lines)
        for each in queue.sums
        if (gone := mine.get(each.currency))
    ]


def shown(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
