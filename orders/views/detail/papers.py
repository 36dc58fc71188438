"""The papers of an order: acknowledgements with their state, invoices and credit memos, and what was mailed."""

from dataclasses import dataclass
from typing import Any

from jobs.mailing import TONES, error_of, may_be_sent_again, state_words
from orders.models import Acknowledgement, Invoice, Order, PaperMail
from orders.views.detail.there import There

MAIL_NAMES = ("acknowledgement", "invoice", "job", "asked_by__user")


@dataclass(frozen=True)
class MailRow:
    """`state` in words, with its tone; `error` says why it did not go out."""

    mail: PaperMail
    state: str
    tone: str
    error: str
    may_be_sent_again: bool


@dataclass(frozen=True)
class Papers:
    """`older` are earlier revisions; `is_printing` when a worker is at the next one."""

    newest: Acknowledgement | None
    older: list[Acknowledgement]
    invoices: list[Invoice]
    mails: list[MailRow]
    is_current: bool
    is_printing: bool


def papers_of(order: Order, there: There, *, is_outsider: bool) -> Papers:
    found = acknowledgements_of(order, is_outsider=is_outsider) if there.acknowledgements else []
    newest = found[0] if found else None
    is_current = newest is not None and newest.order_version == order.version
    return Papers(
        newest=newest,
        older=found[1:],
        invoices=invoices_of(order) if there.invoices else [],
        mails=mails_of(order) if there.mails else [],
        is_current=is_current,
        is_printing=there.printing and not is_current and not is_outsider,
    )


def acknowledgements_of(order: Order, *, is_outsider: bool) -> list[Acknowledgement]:
    made = Acknowledgement.objects.filter(order=order).order_by("-revision").defer("content")
    return list(made if is_outsider else made.select_related("made_by__user"))


def invoices_of(order: Order) -> list[Invoice]:
    return list(Invoice.objects.filter(order=order).order_by("-id").defer("frozen"))


def mails_of(order: Order, **only: Any) -> list[MailRow]:
    """Newest first; outsiders see none. `only` narrows them."""
    found = PaperMail.objects.filter(order=order, **only).order_by("-id").select_related(*MAIL_NAMES)
    return [mail_row(mail) for mail in found.defer("acknowledgement__content", "invoice__frozen")]


def mail_row(mail: PaperMail) -> MailRow:
    state = state_words(mail)
    return MailRow(mail, state, TONES.get(state, ""), error_of(mail), may_be_sent_again(mail))
