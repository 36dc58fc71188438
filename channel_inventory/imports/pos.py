"""The kind of file in which a partner reports what it sold (POS): as a table, or as X12 867."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from channel_inventory.actions.lock_partners import lock_partners
from channel_inventory.actions.post_report import post_report
from channel_inventory.choices import PosState
from channel_inventory.imports.buyers import foresee_buyers, foresee_claims
from channel_inventory.imports.drafts import Drafts
from channel_inventory.imports.foreseen import foresee_pos
from channel_inventory.imports.partners import fill_partner, settle_partners
from channel_inventory.imports.parts import count_in_own_unit, name_parts, name_places
from channel_inventory.imports.repeats import settle_keys
from channel_inventory.imports.resale import RESALE_READER
from channel_inventory.imports.returns import settle_returns, wait_for_sales
from channel_inventory.models import PartnerTerms, PosLine
from exchange.choices import RowChange
from exchange.columns import code, date, decimal, integer, refers, text
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from parties.references import NAMED_PARTY
from values.currencies import MINOR_UNITS
from values.money import from_minor

MOST_VALUE = 10**13
DEFAULT_WINDOW = PartnerTerms._meta.get_field("window_days").default


def look_up(rows: Sequence[Row], context: Context) -> None:
    settle_partners(rows, context)
    reported = [row for row in rows if "partner" in row.ids]
    name_parts(reported)
    count_in_own_unit(reported, ("quantity",))
    name_places(reported, "branch")
    for row in rows:
        if (currency := row.get("currency")) and currency.upper() not in MINOR_UNITS:
            row.error("currency", "unknown_currency", f"“{currency}” is no ISO currency code of three letters.")


def check(rows: Sequence[Row], context: Context) -> None:
    if context.is_final:
        lock_partners({row.ids["partner"] for row in rows})
    judge(rows, context)
    good = [row for row in rows if not row.is_bad]
    Drafts().make(good)
    context.tell("Comparing with what is in")
    settle_keys(good)
    good = [row for row in good if not row.is_bad]
    settle_returns(good)
    warn_of_late_lines(good, context)
    good = [row for row in good if not row.is_bad]
    context.tell("Finding end buyers and agreements")
    foresee_buyers(good)
    foresee_claims(good)


def judge(rows: Sequence[Row], context: Context) -> None:
    """What a row says wrong by itself."""
    for row in rows:
        quantity, day = row.values["quantity"], row.values["invoice_date"]
        if quantity == 0:
            row.error("quantity", "zero_quantity", "Nothing was sold: the quantity is 0.")
        if day > context.today:
            row.error("invoice_date", "future_date", f"{day} is in the future: today is {context.today}.")
        if abs(value := quantity * row.values["resale_price"]) > MOST_VALUE:
            row.error("resale_price", "too_large", f"{value:,.2f} for one line: was quantity or price read wrong?")


def warn_of_late_lines(rows: Sequence[Row], context: Context) -> None:
    """What was sold before the partner's window opens waits until a person takes it."""
    partner_ids = {row.ids["partner"] for row in rows}
    windows = dict(PartnerTerms.objects.filter(partner_id__in=partner_ids).values_list("partner_id", "window_days"))
    opened = {pk: context.today - dt.timedelta(days=windows.get(pk, DEFAULT_WINDOW)) for pk in partner_ids}
    for row in rows:
        first = opened[row.ids["partner"]]
        if row.values["invoice_date"] < first and row.change != RowChange.UNCHANGED:
            days = (context.today - first).days
            message = f"The window of this partner is {days} days back: from {first}."
            row.warn("invoice_date", "outside_window", message)


def accept(rows: Sequence[Row], context: Context) -> None:
    wait_for_sales(rows)
    drafts = []
    for row in rows:
        if not row.is_bad:
            if row.findings:
                row.subject.warnings = sorted({finding.code for finding in row.findings})
            drafts.append(row.subject)
    if drafts and context.batch_id:
        post_report(
            lines=drafts,
            batch_id=context.batch_id,
            on=context.today,
            by=context.by,
            at=context.at,
            tell=context.tell,
        )


EXPORTED = (
    "partner__code", "invoice_number", "invoice_line", "invoice_date", "reported_sku", "quantity", "product__unit",
    "resale_price", "currency", "location__party__code", "location__code", "reported_end_buyer__name",
    "reported_end_buyer__code", "reported_end_buyer__address", "reported_end_buyer__city",
    "reported_end_buyer__postcode", "reported_end_buyer__country", "cited_agreement", "customer_po",
    "returns__invoice_number", "returns__invoice_line", "claimed_amount",
)  # fmt: skip


def export() -> Iterator[Sequence[Any]]:
    """What counts now, in our own unit."""
    lines = PosLine.objects.filter(state=PosState.CURRENT).order_by("pk").values_list(*EXPORTED)
    for head in lines.iterator(chunk_size=2_000):
        *told, currency, owner, place = head[:11]
        *buyer, cited, po, sale, line, claim = head[11:]
        branch = f"{owner}/{place}" if place else None
        original = f"{sale}/{line}" if line else sale
        amount = None if claim is None else from_minor(claim, currency)
        yield (*told, currency, branch, *buyer, cited, po, original, amount)


POS = ImportKind(
    name="pos",
    title="Point of sale",
    right="files.import",
    is_open_to_partners=True,
    partner_column="partner",
    prepare=fill_partner,
    readers=(RESALE_READER,),
    foresee=foresee_pos,
    columns=(
        refers("partner", NAMED_PARTY, required=True, max_length=200, help="Who sold it; empty: whose file it is"),
        code("invoice_number", required=True, max_length=60, help="The partner's own invoice"),
        code("invoice_line", max_length=20, help="Tells the lines of an invoice apart"),
        date("invoice_date", required=True, help="The day of the resale"),
        code("sku", required=True, max_length=80, help="Ours, or the partner's own number"),
        integer("quantity", required=True, help="Negative: taken back from the customer"),
        code("unit", max_length=10, help="Empty: the part's own; a box or case needs its factor under Units"),
        decimal("resale_price", required=True, minimum=0, maximum=10**9, help="For one of the unit"),
        code("currency", required=True, max_length=10),
        code("branch", help="Location code, or PARTY/CODE"),
        text("end_buyer_name", required=True),
        code("end_buyer_code", max_length=80),
        text("end_buyer_address", max_length=300),
        text("end_buyer_city", max_length=100),
        text("end_buyer_postcode", max_length=20),
        text("end_buyer_country", max_length=60),
        code("agreement", help="Number of the price agreement that the partner cites"),
        code("customer_po", max_length=60),
        code("original_invoice", max_length=81, help="Of a line taken back: INVOICE, or INVOICE/LINE, of its sale"),
        decimal("claim_amount", maximum=MOST_VALUE, help="What the partner reckons to be owed for the line"),
    ),
    look_up=look_up,
    check=check,
    accept=accept,
    export=export,
)
