from collections.abc import Iterator, Sequence
from typing import Any

from catalog.references import FAMILY, PRODUCT
from exchange.columns import choice, code, currency, date, decimal, integer, refers
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from parties.references import PARTY
from pricing.actions.upsert_agreement_rows import upsert_agreement_rows
from pricing.choices import AgreementStatus, Mechanism
from pricing.imports.outcomes import judge, write
from pricing.imports.price_lists import LARGEST_PRICE
from pricing.models import AgreementLine
from pricing.rows import AgreementRow
from tenancy.rights import SEE_COST

COLUMNS = {"product": "sku", "lines": "price"}
Subject = tuple[str, int | None, int | None]


def check(rows: Sequence[Row], context: Context) -> None:
    present = present_lines({row.values["number"] for row in rows})
    for row in rows:
        if row.get("sku") and row.get("family"):
            row.error("family", "two_subjects", "A row names a part or a family, not both.")
        else:
            row.subject = subject_of(row, present)
    judge([row for row in rows if not row.is_bad], upsert_agreement_rows, context, COLUMNS)


def present_lines(numbers: set[str]) -> dict[Subject, AgreementLine]:
    """Lines of the revisions that count, by number and part or family."""
    lines = AgreementLine.objects.filter(agreement__number__in=numbers).select_related("agreement")
    lines = lines.exclude(agreement__status=AgreementStatus.SUPERSEDED).order_by("agreement__revision")
    found = {(line.agreement.number, line.product_id, line.family_id): line for line in lines}
    # the facts of the agreement itself, for a part that it does not name yet
    return {**{(line.agreement.number, None, None): line for line in lines}, **found}


def subject_of(row: Row, present: dict[Subject, AgreementLine]) -> AgreementRow:
    """What a file has no column for stays as it is."""
    number, product_id, family_id = row.values["number"], row.ids.get("sku"), row.ids.get("family")
    line, any_line = present.get((number, product_id, family_id)), present.get((number, None, None))
    kept: dict[str, Any] = {}
    if any_line is not None:
        kept["project"] = any_line.project
    if line is not None:
        kept["tier_basis"] = line.tier_basis
    return AgreementRow(
        number=number,
        mechanism=row.values["mechanism"],
        end_buyer_id=row.ids.get("end_buyer"),
        sell_to_id=row.ids.get("sell_to"),
        currency=row.values["currency"],
        valid_from=row.values["valid_from"],
        valid_to=row.values["valid_to"],
        product_id=product_id,
        family_id=family_id,
        min_qty=row.values["min_qty"],
        price=row.values["price"],
        cap_qty=row.values.get("cap_qty", line.cap_qty if line else None),
        book_price=row.values.get("book_price", line.book_price if line else None),
        status=row.get("status", AgreementStatus.APPROVED),
        **kept,
    )


def accept(rows: Sequence[Row], context: Context) -> None:
    write(rows, upsert_agreement_rows, context, COLUMNS)


def export() -> Iterator[Sequence[Any]]:
    """One row a tier, of the revisions that count."""
    lines = AgreementLine.objects.exclude(agreement__status=AgreementStatus.SUPERSEDED)
    related = ("agreement__end_buyer", "agreement__sell_to", "product", "family")
    ordered = lines.select_related(*related).order_by("agreement__number", "agreement__revision", "pk")
    for line in ordered.iterator(chunk_size=2_000):
        head = line.agreement
        for min_qty, price in zip(line.min_qtys, line.prices, strict=True):
            yield (
                head.number, head.mechanism, head.end_buyer.code if head.end_buyer else None,
                head.sell_to.code if head.sell_to else None, head.currency, head.valid_from, head.valid_to,
                line.product.sku if line.product else None, line.family.code if line.family else None, min_qty, price,
                line.cap_qty, line.book_price, head.status,
            )  # fmt: skip


AGREEMENTS = ImportKind(
    name="agreements",
    title="Price agreements",
    right="prices.edit",
    view_right=SEE_COST,
    one_of=(("sku", "family"),),
    columns=(
        code("number", required=True),
        choice("mechanism", Mechanism, required=True),
        refers("end_buyer", PARTY, help="Empty: the contract price of the sell-to"),
        refers("sell_to", PARTY, help="Empty: any sell-to"),
        currency("currency", required=True),
        date("valid_from", required=True),
        date("valid_to", required=True),
        refers("sku", PRODUCT, max_length=60, help="A part, or …"),
        refers("family", FAMILY, help="… a whole family"),
        integer("min_qty", required=True, minimum=1),
        decimal("price", required=True, minimum=0, maximum=LARGEST_PRICE),
        integer("cap_qty", minimum=1),
        decimal("book_price", minimum=0, maximum=LARGEST_PRICE, help="Book fixed in the agreement"),
        choice("status", AgreementStatus, help="Empty: approved"),
    ),
    check=check,
    accept=accept,
    export=export,
)
