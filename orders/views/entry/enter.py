"""Order entry: check as often as one likes, then book. Nothing typed is ever lost."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from orders.actions.context import Because, Occasion
from orders.actions.enter_and_book import enter_and_book
from orders.actions.enter_order import enter_order
from orders.actions.finish_draft import finish_draft
from orders.actions.request_documents import request_acknowledgement
from orders.actions.save_draft import DraftGone, DraftStale, lock_draft, save_draft
from orders.choices import Initiator
from orders.entry import EntryRefused, OrderEntry
from orders.entry.draft import NotADraft, differences
from orders.entry.preview import Preview, earlier_order, preview_order
from orders.forms.entry import FIRST_ROWS, with_more_rows
from orders.forms.live import LiveSheet, content_of, form_data
from orders.forms.sheet import LINES
from orders.models import Order, OrderDraft
from orders.views.entry.copies import copy_of, find_order
from orders.views.entry.sheet import place_label
from orders.views.entry.suggestions import suggestions
from orders.views.entry.worksheet import worksheet_of
from orders.views.verbs.orders import booked_message
from tenancy.clicks import KEY_FIELD, once
from ui.views import Compared, FormPage, conflict_response
from ui.views.form import UNPROCESSABLE

CHECK, MORE, SAVE, BOOK, KEEP = "check", "more", "save", "book", "keep"
# keys of the grid, for the list that `?` opens
GRID_KEYS = (
    (("Enter", "Tab"), "next cell"),
    (("↑", "↓"), "row above, below"),
    (("Alt ↓",), "look up"),
    (("Alt ↑",), "take the quantity proposed"),
    (("Ctrl Enter",), "add a line below"),
    (("Ctrl Delete",), "remove the line"),
    (("Ctrl D",), "copy from above"),
    (("Ctrl V",), "paste rows of a spreadsheet"),
    (("Ctrl Z",), "undo the paste or the removal"),
    (("F4",), "add a date to the line"),
    (("Shift F4",), "dates of the line above"),
    (("Alt Enter",), "price, agreement, project"),
    (("F2",), "why this price and these terms"),
    (("F8",), "next problem"),
    (("F9",), "book"),
)


class NotEntered(Exception):
    """Something has to be corrected first. Rolls back the click with everything else."""


class EnterOrder(FormPage):
    permission = "orders.enter"
    template_name = "orders/enter.html"
    heading = "Enter order"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Empty, or with what can be ordered again of the order that `?from=` names."""
        number = request.GET.get("from", "").replace("\0", "").strip()
        if not number:
            return self.show(self.sheet())
        order = find_order(number)
        if order is None:
            messages.warning(request, f"There is no order {number[:40]}.")
            return self.show(self.sheet())
        content = copy_of(order, self.tenant.today(self.now()))
        return self.show(self.sheet(form_data(content, least_rows=FIRST_ROWS)).quietly())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        wanted = request.POST.get("do", CHECK)
        if wanted == MORE:
            return self.show(self.sheet(with_more_rows(request.POST, LINES)).quietly())
        sheet = self.sheet(request.POST)
        if wanted not in (SAVE, BOOK, KEEP):
            return self.check(sheet)
        try:
            if wanted == KEEP:
                return redirect(self.keep())
            with transaction.atomic():
                target = once(key=self.click, by=self.member, path=request.path, do=lambda: self.enter(sheet, wanted))
        except (NotEntered, NotADraft):
            return self.show(sheet, status=UNPROCESSABLE)
        except DraftGone as gone:
            messages.warning(request, str(gone))
            return redirect(self.url("orders:order_detail", gone.order.pk) if gone.order else request.path)
        except DraftStale as stale:
            return self.conflict(stale.draft)
        return redirect(target)

    def sheet(self, data: Any = None) -> LiveSheet:
        return LiveSheet(data, tenant=self.tenant, today=self.tenant.today(self.now()))

    # what the buttons do ----------------------------------------------------------------------------------------

    def check(self, sheet: LiveSheet) -> HttpResponse:
        entry = self.entry_of(sheet)
        preview = self.preview(sheet, entry) if entry else None
        return self.show(sheet, preview, status=200 if preview else UNPROCESSABLE)

    def entry_of(self, sheet: LiveSheet) -> OrderEntry | None:
        """None where something is wrong: then all of it is named, what else the check would find included."""
        entry = sheet.entry()
        if entry is None:
            sheet.look_on(by=self.member, at=self.now())
        return entry

    def preview(self, sheet: LiveSheet, entry: OrderEntry) -> Preview | None:
        try:
            return preview_order(entry=entry, by=self.member, at=self.now())
        except EntryRefused as refused:
            sheet.show(refused.problems)
            return None

    def keep(self) -> str:
        """The draft as it is typed, right or wrong; without a script nothing else saves it."""
        draft = save_draft(
            draft_id=self.draft_id,
            version=self.draft_version,
            page=self.click,
            content=content_of(self.request.POST),
            by=self.member,
            at=self.now(),
        )
        messages.success(self.request, "The draft is kept.")
        return self.url("orders:draft", draft.pk)

    def execute(self, form: LiveSheet) -> str:
        return self.enter(form, BOOK)

    def enter(self, sheet: LiveSheet, wanted: str) -> str:
        """Enter, and book unless only saving was asked for; returns the order's address. Raises NotEntered."""
        entry = self.entry_of(sheet)
        if entry is None:
            raise NotEntered
        draft = self.own_draft()
        self.refuse_duplicate(sheet, entry)
        at = self.now()
        try:
            if wanted == SAVE:
                order = enter_order(entry=entry, by=self.member, at=at)
                message = f"{order.number} is entered, not booked."
            else:
                because = Because(initiator=Initiator.CUSTOMER)
                occasion = Occasion(by=self.member, at=at, on=self.tenant.today(at), because=because)
                result = enter_and_book(entry=entry, occasion=occasion)
                if result.booked:
                    request_acknowledgement(result.order, occasion)
                order, message = result.order, booked_message(result.order.number, result.booked, result.held)
        except EntryRefused as refused:
            sheet.show(refused.problems)
            raise NotEntered from refused
        if draft is not None:
            finish_draft(draft=draft, order=order, by=self.member, at=at)
        messages.success(self.request, message)
        return self.url("orders:order_detail", order.pk)

    def refuse_duplicate(self, sheet: LiveSheet, entry: OrderEntry) -> None:
        if sheet.header.cleaned_data["accept_duplicate"]:
            return
        first = earlier_order(sell_to_id=entry.sell_to_id, customer_po=entry.customer_po)
        if first is not None:
            sheet.header.add_error(
                "customer_po", f"This PO is on {first.number} already. Tick below to enter it all the same, on hold."
            )
            raise NotEntered

    # the draft --------------------------------------------------------------------------------------------------

    @property
    def draft_id(self) -> int | None:
        return whole_number(self.request.POST.get("draft", ""))

    @property
    def draft_version(self) -> int:
        return whole_number(self.request.POST.get("version", "")) or 0

    def own_draft(self) -> OrderDraft | None:
        """The draft that becomes the order, locked: two people who enter it make one order."""
        if self.draft_id is None:
            return None
        return lock_draft(self.draft_id, version=self.draft_version, page=self.click)

    def conflict(self, draft: OrderDraft) -> HttpResponse:
        typed = {name: value for name, value in self.request.POST.items() if name != "csrfmiddlewaretoken"}
        mine = content_of(self.request.POST)
        return conflict_response(
            self.request,
            what=f"Draft {draft}",
            rows=[Compared(place_label(place), *values) for place, *values in differences(mine, draft.content)],
            theirs_label=f"{draft.saved_by.user}, {draft.saved_at.astimezone(self.tenant.zone):%d %b %H:%M}",
            back_url=self.url("orders:draft", draft.pk),
            retry={**typed, "version": str(draft.version), KEY_FIELD: str(uuid4())},
        )

    # the page ---------------------------------------------------------------------------------------------------

    def show(self, sheet: LiveSheet, preview: Preview | None = None, *, status: int = 200) -> HttpResponse:
        context = {
            "click": self.click,
            "draft": self.shown_draft(),
            "page_keys": GRID_KEYS,
            "heading": self.heading,
            "worksheet": worksheet_of(sheet, preview, member=self.member),
            "header": sheet.header,
            "lines": sheet.lines,
            "preview": preview,
            "first_order": self.first_order(sheet),
            "suggestions": suggestions(),
        }
        return render(self.request, self.template_name, context, status=status)

    def shown_draft(self) -> OrderDraft | None:
        return OrderDraft.objects.filter(pk=self.draft_id, order__isnull=True).first() if self.draft_id else None

    def first_order(self, sheet: LiveSheet) -> Order | None:
        """The order that has this PO already, once sell-to and PO are known."""
        if sheet.sell_to is None or not sheet.customer_po:
            return None
        return earlier_order(sell_to_id=sheet.sell_to.pk, customer_po=sheet.customer_po)


def whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None  # as long as a bigint
