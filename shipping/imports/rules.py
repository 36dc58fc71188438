from collections.abc import Iterator, Sequence
from typing import Any

from catalog.references import FAMILY
from exchange.columns import code, country, date, decimal, integer, refers
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from exchange.upsert import given, propose
from parties.models import Location
from parties.references import PARTY, SHIP_FROM, SHIP_TO
from shipping.actions.upsert_rules import upsert_rules
from shipping.checks import rule_problems
from shipping.models import ShippingRule
from shipping.references import TERMS

REFERENCES = ("sell_to", "end_buyer", "ship_to", "ship_from", "family")
BANDS = ("min_weight_kg", "max_weight_kg", "min_value", "max_value", "valid_from", "valid_to")
PRIORITY = 1_000_000
WEIGHT, VALUE = 10**9 - 1, 10**15 - 1


def check(rows: Sequence[Row], context: Context) -> None:
    known = known_rules(rows, context)
    for row in rows:
        found = known.get(row.values["code"]) or known.get(row.values["code"].upper())
        wanted = {
            "terms_id": row.ids["terms"],
            **{f"{name}_id": row.ids.get(name) for name in REFERENCES if name in row.values},
            **given(row, texts=("ship_to_country",), nullables=BANDS, kept=("priority",)),
        }
        rule = propose(row, found, ShippingRule, {"code": row.values["code"]}, wanted)
        for problem in rule_problems(rule):
            row.error(problem.field, problem.code, problem.message)


def known_rules(rows: Sequence[Row], context: Context) -> dict[str, ShippingRule]:
    codes = {row.values["code"] for row in rows}
    found = ShippingRule.objects.filter(code__in=codes | {one.upper() for one in codes}).order_by("pk")
    if context.is_final:
        found = found.select_for_update()
    return {each.code: each for each in found}


def accept(rows: Sequence[Row], context: Context) -> None:
    upsert_rules(rules=[row.subject for row in rows], by=context.by, at=context.at)


def export() -> Iterator[Sequence[Any]]:
    rules = ShippingRule.objects.filter(is_active=True).select_related(
        "terms", "sell_to", "end_buyer", "ship_to__party", "ship_from__party", "family"
    )
    for rule in rules.order_by("code"):
        parties = (each.code if each else None for each in (rule.sell_to, rule.end_buyer))
        yield (
            rule.code, rule.terms.code, rule.priority, *parties, written(rule.ship_to), rule.ship_to_country,
            written(rule.ship_from), rule.family.code if rule.family else None, rule.min_weight_kg, rule.max_weight_kg,
            rule.min_value, rule.max_value, rule.valid_from, rule.valid_to,
        )  # fmt: skip


def written(place: Location | None) -> str | None:
    return f"{place.party.code}/{place.code}" if place else None


SHIPPING_RULES = ImportKind(
    name="shipping_rules",
    title="Shipping rules",
    right="master.edit",
    key=("code",),
    columns=(
        code("code", required=True),
        refers("terms", TERMS, required=True),
        integer("priority", minimum=-PRIORITY, maximum=PRIORITY, help="Higher wins among equally specific rules"),
        refers("sell_to", PARTY, help="The party or any branch below it"),
        refers("end_buyer", PARTY),
        refers("ship_to", SHIP_TO, max_length=81, help="A location as PARTY/CODE"),
        country("ship_to_country"),
        refers("ship_from", SHIP_FROM, max_length=81),
        refers("family", FAMILY),
        decimal("min_weight_kg", minimum=0, maximum=WEIGHT, places=3, help="Both ends of a band belong to it"),
        decimal("max_weight_kg", minimum=0, maximum=WEIGHT, places=3),
        decimal("min_value", minimum=0, maximum=VALUE, places=3, help="In the tenant's currency"),
        decimal("max_value", minimum=0, maximum=VALUE, places=3),
        date("valid_from"),
        date("valid_to"),
    ),
    check=check,
    accept=accept,
    export=export,
    help="Every condition left empty matches everything. The most specific rule wins.",
)
