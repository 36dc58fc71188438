"""Order entry: check as often as one likes, then book. Nothing typed is ever lost."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from orders.actions.context import Because, Occasion
from orders.actions.enter_and_book import enter_and_book
from orders.actions.enter_order import enter_order
from orders.choices import Initiator
from orders.entry import EntryRefused, OrderEntry
from orders.forms.entry import with_more_rows
from orders.forms.sheet import LINES, OrderSheet
from orders.models import Order
from orders.preview import Preview, earlier_order, preview_order
from orders.views.suggestions import suggestions
from orders.views.verbs.orders import booked_message
from orders.views.worksheet import worksheet_of
from tenancy.clicks import once
from ui.views.form import UNPROCESSABLE, FormPage

CHECK, MORE, SAVE, BOOK = "check", "more", "save", "book"


class NotEntered(Exception):
    """Something has to be corrected first. Rolls back the click with everything else."""


class EnterOrder(FormPage):
    permission = "orders.enter"
    template_name = "orders/enter.html"
    heading = "Enter order"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(self.sheet())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        wanted = request.POST.get("do", CHECK)
        if wanted == MORE:
            return self.show(self.sheet(with_more_rows(request.POST, LINES)).quietly())
        sheet = self.sheet(request.POST)
        if wanted not in (SAVE, BOOK):
            return self.check(sheet)
        try:
            with transaction.atomic():
                target = once(key=self.click, by=self.member, path=request.path, do=lambda: self.enter(sheet, wanted))
        except NotEntered:
            return self.show(sheet, status=UNPROCESSABLE)
        return redirect(target)

    def sheet(self, data: Any = None) -> OrderSheet:
        return OrderSheet(data, tenant=self.tenant, today=self.tenant.today(self.now()))

    # what the buttons do ----------------------------------------------------------------------------------------

    def check(self, sheet: OrderSheet) -> HttpResponse:
        entry = sheet.entry()
        preview = self.preview(sheet, entry) if entry else None
        return self.show(sheet, preview, status=200 if preview else UNPROCESSABLE)

    def preview(self, sheet: OrderSheet, entry: OrderEntry) -> Preview | None:
        try:
            return preview_order(entry=entry, by=self.member, at=self.now())
        except EntryRefused as refused:
            sheet.show(refused.problems)
            return None

    def execute(self, form: OrderSheet) -> str:
        return self.enter(form, BOOK)

    def enter(self, sheet: OrderSheet, wanted: str) -> str:
        """Enter, and book unless only saving was asked for; returns the order's address. Raises NotEntered."""
        entry = sheet.entry()
        if entry is None:
            raise NotEntered
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
                order, message = result.order, booked_message(result.order.number, result.booked, result.held)
        except EntryRefused as refused:
            sheet.show(refused.problems)
            raise NotEntered from refused
        messages.success(self.request, message)
        return self.url("orders:order_detail", order.pk)

    def refuse_duplicate(self, sheet: OrderSheet, entry: OrderEntry) -> None:
        if sheet.header.cleaned_data["accept_duplicate"]:
            return
        first = earlier_order(sell_to_id=entry.sell_to_id, customer_po=entry.customer_po)
        if first is not None:
            sheet.header.add_error(
                "customer_po", f"This PO is on {first.number} already. Tick below to enter it all the same, on hold."
            )
            raise NotEntered

    # the page ---------------------------------------------------------------------------------------------------

    def show(self, sheet: OrderSheet, preview: Preview | None = None, *, status: int = 200) -> HttpResponse:
        context = {
            "click": self.click,
            "heading": self.heading,
            "worksheet": worksheet_of(sheet, preview, member=self.member),
            "header": sheet.header,
            "lines": sheet.lines,
            "preview": preview,
            "first_order": self.first_order(sheet),
            "suggestions": suggestions(),
        }
        return render(self.request, self.template_name, context, status=status)

    def first_order(self, sheet: OrderSheet) -> Order | None:
        """The order that has this PO already, once sell-to and PO are known."""
        if sheet.sell_to is None or not sheet.customer_po:
            return None
        return earlier_order(sell_to_id=sheet.sell_to.pk, customer_po=sheet.customer_po)
