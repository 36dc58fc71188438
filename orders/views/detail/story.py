"""The story of an order: its ledger, and all else that happened to it, day by day, newest first."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from jobs.choices import MailState
from jobs.mailing import UNCERTAIN
from orders.choices import OrderSource
from orders.models import Acknowledgement, OrderAttachment, OrderNote
from orders.story import Asked, Told, by, sentences, told_above
from orders.views.detail.notes import AttachmentRow, NoteRow
from orders.views.detail.papers import MailRow, Papers
from orders.views.detail.timeline import Ledger, told_ledger
from orders.views.holds import HoldRow

SHOWN_OF_A_NOTE = 120
RECEIVED = {
    OrderSource.FORM: ("Order entered by hand", ""),
    OrderSource.FILE: ("Order received", "From a file"),
    OrderSource.X12: ("Order received", "From an X12 850"),
}

WENT = {
    str(MailState.WAITING.label): "is being mailed to",
    str(MailState.READY.label): "is being mailed to",
    str(MailState.SENT.label): "mailed to",
    str(MailState.RETRYING.label): "not mailed yet to",
    str(MailState.FAILED.label): "not mailed to",
    str(MailState.DROPPED.label): "not mailed to",
    UNCERTAIN: "may have been mailed to",
}


@dataclass(frozen=True)
class Entry:
    """`time` is empty for what was recorded on another day than it counts on."""

    told: Told
    time: str
    href: str


@dataclass(frozen=True)
class Day:
    day: dt.date
    entries: list[Entry]


@dataclass(frozen=True)
class Story:
    days: list[Day]
    is_cut: bool


@dataclass(frozen=True)
class Kept:
    """What the page has read of the order anyway."""

    holds: list[HoldRow]
    notes: list[NoteRow]
    attachments: list[AttachmentRow]
    papers: Papers


def story_of(asked: Asked, ledger: Ledger, *, kept: Kept, url: Callable[..., str]) -> Story:
    """From these ledger rows, and what happened since the oldest of them. `url` names pages."""
    by_ledger = told_ledger(ledger.rows)
    told = [
        *by_ledger,
        *told_above(asked),
        *told_holds(asked, kept.holds),
        *told_notes(asked, kept.notes),
        *told_files(asked, kept.attachments),
        *told_papers(asked, kept.papers),
        *told_mails(asked, kept.papers.mails),
    ]
    if ledger.is_cut:
        since = min(each.day for each in by_ledger)
        told = [each for each in told if each.day >= since]
    else:
        told += told_entry(asked)
    ledger_url = url("orders:order_ledger", asked.order.pk)
    told.sort(key=lambda each: (each.day, each.at, each.rows), reverse=True)
    days = [
        Day(day, [entry(asked, each, url, ledger_url) for each in found])
        for day, found in groupby(told, key=lambda each: each.day)
    ]
    return Story(days, ledger.is_cut)


def entry(asked: Asked, told: Told, url: Callable[..., str], ledger_url: str) -> Entry:
    time = f"{told.at.astimezone(asked.zone):%H:%M}" if asked.day(told.at) == told.day else ""
    if told.rows:
        return Entry(told, time, f"{ledger_url}?rows={','.join(str(row) for row in told.rows)}")
    if told.page:
        name, arguments = told.page
        return Entry(told, time, url(name, *arguments))
    return Entry(told, time, f"#{told.anchor}" if told.anchor else "")


def told_entry(asked: Asked) -> list[Told]:
    order = asked.order
    if asked.line_no is not None:
        return []
    who = by(order.entered_by and order.entered_by.user)
    title, how = RECEIVED[OrderSource(order.source)]
    return [Told(asked.day(order.entered_at), order.entered_at, title, note=sentences(how, who))]


def told_holds(asked: Asked, holds: Iterable[HoldRow]) -> list[Told]:
    found = []
    for hold in (row.hold for row in holds):
        if asked.line_no not in (None, hold.line.line_no):
            continue
        what = f"{hold.get_kind_display()}, line {hold.line.line_no}"
        anchor = f"hold-{hold.pk}"
        found.append(Told(asked.day(hold.placed_at), hold.placed_at, f"Held: {what}", note=hold.message, anchor=anchor))
        if hold.released_at:
            who = by(hold.released_by and hold.released_by.user)
            note = f"{who}: {hold.release_reason}" if hold.release_reason else who
            day = asked.day(hold.released_at)
            found.append(Told(day, hold.released_at, f"Hold released: {what}", note=note, anchor="holds"))
    return found


def told_notes(asked: Asked, rows: Iterable[NoteRow]) -> list[Told]:
    notes = [note for row in rows for note in (row.note, *row.before)]
    return [note_told(asked, note) for note in notes if asked.line_no in (None, note.line and note.line.line_no)]


def note_told(asked: Asked, note: OrderNote) -> Told:
    text = note.text if len(note.text) <= SHOWN_OF_A_NOTE else f"{note.text[:SHOWN_OF_A_NOTE]}…"
    title = "Note corrected" if note.corrects_id else "Note"
    who = by(note.written_by and note.written_by.user)
    shared = " (visible to the partner)" if note.is_shared else ""
    return Told(asked.day(note.written_at), note.written_at, f"{title}{shared}", note=f"{who}: {text}", anchor="notes")


def told_files(asked: Asked, rows: Iterable[AttachmentRow]) -> list[Told]:
    if asked.line_no is not None:
        return []
    return [told for row in rows for told in file_told(asked, row.attachment)]


def file_told(asked: Asked, file: OrderAttachment) -> list[Told]:
    anchor = f"file-{file.pk}"
    who = by(file.added_by and file.added_by.user)
    found = [Told(asked.day(file.added_at), file.added_at, f"Attached {file.name}", note=who, anchor=anchor)]
    if file.removed_at:
        note = f"{by(file.removed_by and file.removed_by.user)}: {file.remove_reason}"
        day = asked.day(file.removed_at)
        found.append(Told(day, file.removed_at, f"Took off {file.name}", note=note, anchor=anchor))
    return found


def told_papers(asked: Asked, papers: Papers) -> list[Told]:
    """Acknowledgements; invoices and credit memos are told by their ledger rows."""
    if asked.line_no is not None or papers.newest is None:
        return []
    return [
        Told(
            asked.day(each.made_at),
            each.made_at,
            f"Acknowledgement {each.revision}",
            note=sentences("Changed: " + ", ".join(each.changes) if each.changes else "", by(maker(each))),
            anchor="documents",
        )
        for each in (papers.newest, *papers.older)
    ]


def told_mails(asked: Asked, rows: Iterable[MailRow]) -> list[Told]:
    return [mail_told(asked, row) for row in rows] if asked.line_no is None else []


def mail_told(asked: Asked, row: MailRow) -> Told:
    """When it went out; until then, when it was asked for."""
    mail = row.mail
    at = mail.sent_at or mail.created_at
    title = f"{mail.title} {WENT[row.state]} {mail.address}"
    note = sentences(row.error, by(mail.asked_by and mail.asked_by.user))
    return Told(asked.day(at), at, title, note=note, anchor=f"mail-{mail.pk}")


def maker(paper: Acknowledgement) -> object | None:
    return paper.made_by and paper.made_by.user
