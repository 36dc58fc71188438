"""Ledger rows written as they are, to test what is made of them. Which rows a verb writes is tested with the verbs."""

import datetime as dt
from dataclasses import dataclass
from itertools import count
from typing import Any

from catalog.models import Product
from orders.choices import BILLING_VERBS, DATE_VERBS
from orders.models import Invoice, InvoiceLine, Order, OrderLedger, OrderLine, Schedule
from parties.models import Party
from tests.fixtures import NOW

_serial = count(1)


@dataclass
class Slot:
    """One order of one line and one schedule, with its open state."""

    order: Order
    line: OrderLine
    schedule: Schedule
    rate: int | None = 1

    def write(
        self,
        verb: str,
        quantity: int = 0,
        value: int = 0,
        *,
        day: dt.date,
        at: dt.datetime = NOW,
        reporting: int | None = None,
        **values: Any,
    ) -> OrderLedger:
        """Append a row and keep schedule, line and order in step. Unless given, reporting is value × `rate`."""
        if reporting is None and self.rate is not None:
            reporting = value * self.rate
        if verb not in BILLING_VERBS and verb not in DATE_VERBS:
            self.schedule.open_qty += quantity
            self.schedule.open_value += value
        if "end_buyer_id" in values:
            self.line.end_buyer_id = values["end_buyer_id"]
        row = OrderLedger.objects.create(
            **{
                "order": self.order,
                "line": self.line,
                "schedule": self.schedule,
                "verb": verb,
                "business_date": day,
                "event_date": day,
                "recorded_at": at,
                "quantity_delta": quantity,
                "value_delta": value,
                "reporting_delta": reporting,
                "open_qty": self.schedule.open_qty,
                "open_value": self.schedule.open_value,
                "unit_price": 1,
                "currency": self.order.currency,
                "order_type": self.order.order_type,
                "sell_to_id": self.order.sell_to_id,
                "end_buyer_id": self.line.end_buyer_id,
                "product_id": self.line.product_id,
                "initiator": "us",
                **values,
            }
        )
        self.keep(verb, row)
        return row

    def credit(self, kind: str, quantity: int, value: int, *, day: dt.date, at: dt.datetime = NOW) -> OrderLedger:
        """A credit memo of one line with its ledger row. Amounts as people say them, above zero."""
        memo = Invoice.objects.create(
            kind="credit_memo",
            credit_kind=kind,
            number=f"CM{next(_serial)}",
            order=self.order,
            sell_to_id=self.order.sell_to_id,
            bill_to_id=self.order.bill_to_id,
            currency=self.order.currency,
            invoice_date=day,
            due_date=day,
            total=-value,
            issued_at=at,
        )
        line = InvoiceLine.objects.create(
            invoice=memo,
            order_line=self.line,
            schedule=self.schedule,
            quantity=-quantity,
            unit_price=1,
            value=-value,
        )
        return self.write("credited", -quantity, -value, day=day, at=at, invoice_line=line)

    def keep(self, verb: str, row: OrderLedger) -> None:
        if verb in ("booked", "request_moved"):
            self.schedule.request_date = row.to_date or self.schedule.request_date
        if verb in ("commit_set", "commit_moved"):
            self.schedule.current_commit = row.to_date
            self.schedule.first_commit = self.schedule.first_commit or row.to_date
        if hasattr(self.schedule, "open_reporting"):
            self.schedule.open_reporting = None if self.rate is None else self.schedule.open_value * self.rate
        self.schedule.save()
        OrderLine.objects.filter(pk=self.line.pk).update(
            open_qty=self.schedule.open_qty, open_value=self.schedule.open_value, end_buyer=self.line.end_buyer_id
        )
        Order.objects.filter(pk=self.order.pk).update(open_value=self.schedule.open_value)


def make_slot(
    sell_to: Party,
    end_buyer: Party | None,
    product: Product,
    *,
    currency: str = "USD",
    order_type: str = "standard",
    rate: int | None = 1,
    request_date: dt.date = dt.date(2026, 12, 1),
) -> Slot:
    number = f"T{next(_serial)}"
    order = Order.objects.create(
        number=number,
        sell_to=sell_to,
        bill_to=sell_to,
        customer_po=number,
        customer_po_key=number,
        currency=currency,
        order_type=order_type,
        order_date=dt.date(2026, 1, 1),
        entered_at=NOW,
    )
    line = OrderLine.objects.create(
        order=order, line_no=1, product=product, end_buyer=end_buyer, quantity=0, unit_price=1
    )
    schedule = Schedule.objects.create(order=order, line=line, number=1, quantity=0, request_date=request_date)
    return Slot(order, line, schedule, rate)
