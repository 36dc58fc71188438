from typing import Any

from django.db.models import QuerySet

from channel_inventory.filters.pos import PosFilter
from channel_inventory.models import ClaimLine, LayerConsumption, PosLine
from channel_inventory.tables.pos import PosTable, invoice_of
from people.views.record import Fact, RecordPage
from tenancy.rights import SEE_COST
from ui.figures import figure
from ui.views import ListPage
from values.money import format_minor, format_price, line_value

LIST = "channel_inventory:pos_list"


class PosList(ListPage):
    permission = "channel.view"
    model = PosLine
    heading = "POS lines"
    table_class = PosTable
    filterset_class = PosFilter
    saved_views = (
        ("All", ""),
        ("Current", "state=current"),
        ("To certify", "state=current&is_certified=false"),
        ("Returns", "is_return=true"),
        ("Corrected", "state=corrected"),
    )
    empty_title = "No partner has reported sales yet"
    empty_text = "Upload a point-of-sale file under Reports in."


class PosDetail(RecordPage):
    permission = "channel.view"
    model = PosLine
    list_name = LIST
    list_label = "POS lines"

    def get_queryset(self) -> QuerySet[PosLine]:
        return PosLine.objects.select_related(
            "partner", "product", "end_buyer", "reported_end_buyer", "batch", "location", "corrects", "returns"
        )

    def title(self, found: PosLine) -> str:
        return f"{found.partner.short_name}: invoice {invoice_of(found)}"

    def facts(self, found: PosLine) -> list[Fact]:
        return [
            *self.sale(found), *self.buyer(found), *self.versions(found), *self.layers(found), *self.claims(found),
        ]  # fmt: skip

    def sale(self, found: PosLine) -> list[Fact]:
        unit = found.product.unit
        reported = f"{figure(found.reported_quantity.normalize())} {found.reported_unit or unit}"
        value = line_value(found.quantity, found.resale_price, found.currency)
        claimed = format_minor(found.claimed_amount, found.currency) if found.claimed_amount is not None else ""
        return [
            Fact("Partner", found.partner.name, self.url("parties:party_detail", found.partner_id)),
            Fact("Branch", found.location.code if found.location else ""),
            Fact("Resold on", f"{found.invoice_date:%d %b %Y}"),
            Fact("Part", found.product.sku, self.url("catalog:product_detail", found.product_id)),
            Fact("Part as reported", found.reported_sku),
            Fact("Quantity", f"{figure(found.quantity)} {unit}"),
            Fact("Quantity as reported", reported),
            Fact("Resale price", f"{format_price(found.resale_price, found.currency)} {found.currency} each"),
            Fact("Value at resale", f"{format_minor(value, found.currency)} {found.currency}"),
            Fact("Agreement cited", found.cited_agreement),
            Fact("Claimed by the partner", claimed),
            Fact("Customer PO", found.customer_po),
        ]

    def buyer(self, found: PosLine) -> list[Fact]:
        text, party = found.reported_end_buyer, found.end_buyer
        told = (text.name, text.code, text.address, text.city, text.postcode, text.country) if text else ()
        return [
            Fact("End buyer as reported", "\n".join(filter(None, told))),
            Fact(
                "End buyer",
                party.name if party else "to be certified",
                self.url("parties:party_detail", party.pk) if party else "",
            ),
        ]

    def versions(self, found: PosLine) -> list[Fact]:
        file = self.url("exchange:batch_detail", found.batch_id) if self.member.may("files.import") else ""
        facts = [
            Fact("File", f"{found.batch}, row {found.row_number}", file),
            Fact("Received", f"{found.received_on:%d %b %Y}"),
            Fact("State", found.get_state_display()),
        ]
        named = {"Corrects": found.corrects, "Takes back": found.returns}
        named["Corrected by"] = PosLine.objects.filter(corrects=found).first()
        facts += [self.other(label, line) for label, line in named.items() if line]
        facts += [self.other("Taken back by", line) for line in PosLine.objects.filter(returns=found).order_by("pk")]
        if found.warnings:
            facts.append(Fact("Accepted with", ", ".join(found.warnings)))
        return facts

    def other(self, label: str, line: PosLine) -> Fact:
        price = format_price(line.resale_price, line.currency)
        told = f"{invoice_of(line)}: {figure(line.quantity)} at {price} {line.currency}"
        return Fact(label, told, self.url("channel_inventory:pos_detail", line.pk))

    def layers(self, found: PosLine) -> list[Fact]:
        if not self.member.may(SEE_COST):
            return []
        rows = LayerConsumption.objects.filter(pos_line=found).order_by("pk")
        told = [consumed(row) for row in rows]
        return [Fact("Taken from cost layers", "\n".join(told))] if told else []

    def claims(self, found: PosLine) -> list[Fact]:
        lines = ClaimLine.objects.filter(pos_line=found).select_related("claim").order_by("pk")
        return [
            Fact("Claim", claimed(line), f"{self.url('channel_inventory:claim_detail', line.claim_id)}?line={line.pk}")
            for line in lines
        ]


def claimed(line: ClaimLine) -> str:
    state = line.get_state_display().lower()
    return f"{line.claim.number}: {format_minor(line.amount, line.currency)} {line.currency}, {state}"


def consumed(row: LayerConsumption) -> Any:
    cost = "no book price" if row.unit_cost is None else f"{format_price(row.unit_cost, row.currency)} {row.currency}"
    return f"{row.get_kind_display()} {figure(row.quantity)} at {cost}"
