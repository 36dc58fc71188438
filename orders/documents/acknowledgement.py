"""The content of an order acknowledgement, read from the order and its ledger."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from orders.choices import BACKLOG_VERBS, UNBOOKED, HoldScope, LineStatus, OrderType, Verb
from orders.documents.differences import CHECKING, HOLD_WORDS, days_apart, differences_of, uncommitted
from orders.documents.parties import addresses_of, letterhead, party_side, place_side, price_from
from orders.documents.terms import terms_in_words
from orders.models import Hold, Order, OrderLedger, OrderLine, Schedule
from parties.models import Party
from tenancy.models import Tenant
from ui.documents.letterhead import day
from ui.documents.order_acknowledgement import (
    Clause,
    DeliveryText,
    Difference,
    LineText,
    OrderAcknowledgement,
    ScheduleText,
    Side,
)
from ui.figures import EMPTY
from values.dates import BusinessCalendar, business_calendar
from values.money import format_minor, format_price

# what was ordered keeps its value when it ships
ORDERED = tuple(verb for verb in BACKLOG_VERBS if verb not in (Verb.SHIPPED, Verb.UNSHIPPED))
RELATED = ("product", "end_buyer", "ship_to__party", "ship_from__party", "terms__re_shipper__party")
DATES = (
    "The dates under “First commit” stay as they were, so that both of us can measure them. A change gets a new "
    "revision of this paper."
)
SPECIAL = (
    "Prices under an agreement hold only for the end buyer named with the delivery. Please report these goods in your "
    "point-of-sale file under the agreement number."
)
GOODS_ONLY = "All amounts are goods value: tax and freight are not in them."


@dataclass(frozen=True)
class Facts:
    """An order as it is to be acknowledged. `values` are minor units by line, as the ledger has them."""

    order: Order
    tenant: Tenant
    sell_to: Party
    lines: list[OrderLine]
    schedules: dict[int, list[Schedule]]
    values: dict[int, int]
    held: dict[int, list[str]]
    on: date

    @property
    def is_blanket(self) -> bool:
        return self.order.order_type == OrderType.BLANKET

    def calendar(self, line: OrderLine) -> BusinessCalendar:
        """Days are those of the place that ships."""
        return business_calendar(line.ship_from.country if line.ship_from else self.tenant.country)


def gather(order: Order, tenant: Tenant, on: date) -> Facts:
    lines = OrderLine.objects.filter(order=order, quantity__gt=0).exclude(status=LineStatus.CANCELLED)
    schedules: dict[int, list[Schedule]] = defaultdict(list)
    for schedule in Schedule.objects.filter(order=order, quantity__gt=0).order_by("line_id", "number"):
        schedules[schedule.line_id].append(schedule)
    sums = OrderLedger.objects.filter(order=order, verb__in=ORDERED).values_list("line_id")
    held: dict[int, list[str]] = defaultdict(list)
    for hold in Hold.objects.filter(order=order, scope=HoldScope.BOOKING, released_at__isnull=True):
        held[hold.line_id].append(hold.kind)
    return Facts(
        order=order,
        tenant=tenant,
        sell_to=Party.objects.get(pk=order.sell_to_id),
        lines=list(lines.select_related(*RELATED).order_by("line_no")),
        schedules=schedules,
        values=dict(sums.annotate(Sum("value_delta")).order_by()),
        held=held,
        on=on,
    )


def content_of(order: Order, tenant: Tenant, on: date) -> OrderAcknowledgement:
    """`on` is the day on which accounts are chosen. The total is the sum of the order's ledger."""
    facts = gather(order, tenant, on)
    deliveries = deliveries_of(facts)
    booked = sum(facts.values.values())
    return OrderAcknowledgement(
        sender=letterhead(tenant),
        title="Blanket order acknowledgement" if facts.is_blanket else "Order acknowledgement",
        number=order.number,
        customer_po=order.customer_po,
        po_date=day(order.order_date),
        currency=order.currency,
        sides=sides_of(facts, len(deliveries)),
        differences=tuple(differences(facts)),
        deliveries=deliveries,
        sums=sums_of(facts, booked),
        total=format_minor(booked, order.currency),
        clauses=clauses_of(facts),
    )


def differences(facts: Facts) -> Iterator[Difference]:
    is_promised = not facts.is_blanket
    for line in facts.lines:
        held, schedules = facts.held[line.pk], facts.schedules[line.pk]
        currency, calendar = facts.order.currency, facts.calendar(line)
        yield from differences_of(line, schedules, held, currency, calendar, is_promised=is_promised)
    waiting = [
        (line, schedule)
        for line in facts.lines
        for schedule in facts.schedules[line.pk]
        if is_promised and line.status not in UNBOOKED and schedule.open_qty and not schedule.current_commit
    ]
    yield from uncommitted(waiting)


def sides_of(facts: Facts, deliveries: int) -> tuple[Side, ...]:
    order = facts.order
    bill_to = Party.objects.get(pk=order.bill_to_id)
    addresses = addresses_of([facts.sell_to, bill_to])
    schedules = sum(len(facts.schedules[line.pk]) for line in facts.lines)
    counts = ", ".join(
        counted(number, word)
        for number, word in ((len(facts.lines), "line"), (deliveries, "delivery"), (schedules, "schedule"))
    )
    booked = [line.booked_date for line in facts.lines if line.booked_date]
    more = [counts, f"payment {bill_to.payment_terms_days} days net from invoice"]
    if facts.is_blanket and order.valid_to:
        more.append(f"released from until {day(order.valid_to)}")
    return (
        party_side("Sell to", facts.sell_to, addresses),
        party_side("Bill to", bill_to, addresses),
        Side("Order", f"booked {day(min(booked))}" if booked else "not booked", tuple(more)),
    )


def counted(number: int, word: str) -> str:
    plural = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number} {word if number == 1 else plural}"


def deliveries_of(facts: Facts) -> tuple[DeliveryText, ...]:
    """Lines that go together: to one end buyer and place, the same way, from one site."""
    groups: dict[tuple[int | None, ...], list[OrderLine]] = {}
    for line in facts.lines:
        groups.setdefault((line.end_buyer_id, line.ship_to_id, line.ship_from_id, line.terms_id), []).append(line)
    return tuple(delivery(letter(place), group, facts) for place, group in enumerate(groups.values()))


def letter(place: int) -> str:
    """A … Z, AA, AB …"""
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


def delivery(name: str, lines: Sequence[OrderLine], facts: Facts) -> DeliveryText:
    first = lines[0]
    buyer = first.end_buyer
    re_shipper = first.terms.re_shipper if first.terms else None
    return DeliveryText(
        letter=name,
        which=listed(lines, facts),
        sides=(
            Side("End buyer", buyer.name, (buyer.country,)) if buyer else Side("End buyer", "not named"),
            place_side("Ship to", first.ship_to, none="not named yet"),
            place_side("Through re-shipper", re_shipper, none="none, direct delivery"),
            Side("Leaves from", first.ship_from.name if first.ship_from else "our site"),
        ),
        lines=tuple(line_text(line, facts) for line in lines),
        total=format_minor(sum(facts.values.get(line.pk, 0) for line in lines), facts.order.currency),
        terms=terms_in_words(first, facts.sell_to, facts.on),
    )


def listed(lines: Sequence[OrderLine], facts: Facts) -> str:
    """`lines 10 to 30` when none between them goes elsewhere."""
    numbers = [line.line_no for line in lines]
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    between = [line.line_no for line in facts.lines if numbers[0] <= line.line_no <= numbers[-1]]
    return f"lines {numbers[0]} to {numbers[-1]}" if numbers == between else f"lines {', '.join(map(str, numbers))}"


def line_text(line: OrderLine, facts: Facts) -> LineText:
    currency = facts.order.currency
    is_held = line.status in UNBOOKED
    notes = [line.product.description, price_from(line), *hold_notes(facts.held[line.pk])]
    calendar = facts.calendar(line)
    return LineText(
        number=str(line.line_no),
        part=line.product.sku,
        customer_part=line.customer_part,
        quantity=f"{line.quantity:,}",
        price="open" if line.unit_price is None else format_price(line.unit_price, currency),
        value="on hold" if is_held else format_minor(facts.values.get(line.pk, 0), currency),
        notes=tuple(note for note in notes if note),
        schedules=tuple(
            schedule_text(each, calendar, is_promised=not (is_held or facts.is_blanket))
            for each in facts.schedules[line.pk]
        ),
        is_held=is_held,
    )


def hold_notes(held: Sequence[str]) -> list[str]:
    words = [HOLD_WORDS.get(kind, CHECKING)[1] for kind in sorted(held)]
    return [f"On hold: {text.removeprefix('on hold: ')}." for text in words]


def schedule_text(schedule: Schedule, calendar: BusinessCalendar, *, is_promised: bool) -> ScheduleText:
    commit, asked = schedule.current_commit, schedule.request_date
    days, shown = "", EMPTY
    if commit:
        shown, days = day(commit), days_apart(calendar.business_days_between(asked, commit))
    elif schedule.ship_date and not schedule.open_qty:
        shown, days = f"shipped {day(schedule.ship_date)}", ""
    elif is_promised:
        days = "no date yet"
    return ScheduleText(
        quantity=f"{schedule.quantity:,}",
        asked=day(asked),
        first_commit=day(schedule.first_commit) if schedule.first_commit else EMPTY,
        commit=shown,
        days=days,
        is_other=bool(commit and commit != asked),
    )


def sums_of(facts: Facts, booked: int) -> tuple[tuple[str, ...], ...]:
    held = [line for line in facts.lines if line.status in UNBOOKED]
    rows = [("Booked lines, net", format_minor(booked, facts.order.currency))]
    rows += [(f"Line {line.line_no}, on hold", "not included") for line in held]
    return tuple(rows)


def clauses_of(facts: Facts) -> tuple[Clause, ...]:
    special = [Clause("Special prices", SPECIAL)] if any(line.agreement_line_id for line in facts.lines) else []
    return (Clause("Dates", DATES), *special, Clause("Tax and freight", GOODS_ONLY))
