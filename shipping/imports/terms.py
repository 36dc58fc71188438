from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exchange.choices import RowChange
from exchange.columns import choice, code, flag, integer, refers, text
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from exchange.upsert import given, propose
from shipping.actions.upsert_terms import upsert_terms
from shipping.checks import terms_problems
from shipping.choices import Incoterm, Payer
from shipping.imports.carriers import HELP, carriers_named
from shipping.models import Carrier, FreightAccount, ShippingTerms
from shipping.references import RE_SHIPPER

SMALL = 366
Accounts = Mapping[str, Sequence[FreightAccount]]
COLUMN_OF_FIELD = {"partials_allowed": "partials"}


def check(rows: Sequence[Row], context: Context) -> None:
    carriers, accounts, known = carriers_named(rows), accounts_named(rows), known_terms(rows, context)
    for row in rows:
        found = known.get(row.values["code"]) or known.get(row.values["code"].upper())
        carrier = carrier_of(row, found, carriers)
        account = account_of(row, found, carrier, accounts)
        if row.is_bad:
            continue
        if account is not None and carrier is None:
            carrier = account.carrier
        terms = propose(row, found, ShippingTerms, {"code": row.values["code"]}, wanted(row, carrier, account))
        if carrier is not None and carrier.pk is None:
            row.change = RowChange.UPDATE if found else RowChange.CREATE
        row.subject = terms, carrier
        for problem in terms_problems(terms, account):
            row.error(COLUMN_OF_FIELD.get(problem.field, problem.field), problem.code, problem.message)


def wanted(row: Row, carrier: Carrier | None, account: FreightAccount | None) -> dict[str, Any]:
    found = {
        **{name: row.values[name] for name in ("incoterm", "named_place", "freight_payer", "duty_payer")},
        **given(row, texts=("service", "instructions"), nullables=("early_days", "late_days")),
    }
    if "carrier" in row.values or carrier is not None:
        found["carrier_id"] = carrier.pk if carrier else None
    if "account" in row.values:
        found["freight_account_id"] = account.pk if account else None
    if "re_shipper" in row.values:
        found["re_shipper_id"] = row.ids.get("re_shipper")
    if row.get("partials") is not None:
        found["partials_allowed"] = row.values["partials"]
    return found


def carrier_of(row: Row, found: ShippingTerms | None, carriers: Mapping[str, Carrier]) -> Carrier | None:
    if "carrier" in row.values:
        return carriers.get(row.values["carrier"])
    return found.carrier if found else None


def account_of(
    row: Row, found: ShippingTerms | None, carrier: Carrier | None, accounts: Accounts
) -> FreightAccount | None:
    """The account that the row names, with its carrier; the one for the very service before the one for any."""
    if "account" not in row.values:
        return found.freight_account if found else None
    number = row.values["account"]
    if number is None:
        return None
    service = row.values.get("service", found.service if found else "")
    same = [each for each in accounts.get(number, ()) if carrier is None or each.carrier_id == carrier.pk]
    fitting = [each for each in same if each.service in ("", service or "")] or same
    if len({each.carrier_id for each in fitting}) > 1:
        row.error("account", "ambiguous_account", f"Several carriers have an account “{number}”: name the carrier.")
    if not fitting:
        whom = f" with {carrier.name}" if carrier else ""
        row.error("account", "unknown_account", f"There is no freight account “{number}”{whom}.", number)
        return None
    return max(fitting, key=lambda each: each.service == service)


def accounts_named(rows: Sequence[Row]) -> Accounts:
    named = {row.values["account"] for row in rows if row.values.get("account")}
    found = defaultdict(list)
    for account in FreightAccount.objects.filter(number__in=named).select_related("carrier").order_by("pk"):
        found[account.number].append(account)
    return found


def known_terms(rows: Sequence[Row], context: Context) -> dict[str, ShippingTerms]:
    codes = {row.values["code"] for row in rows}
    found = ShippingTerms.objects.filter(code__in=codes | {one.upper() for one in codes}).order_by("pk")
    found = found.select_related("carrier", "freight_account")
    if context.is_final:
        found = found.select_for_update(of=("self",))
    return {each.code: each for each in found}


def accept(rows: Sequence[Row], context: Context) -> None:
    upsert_terms(terms=[row.subject for row in rows], by=context.by, at=context.at)


def export() -> Iterator[Sequence[Any]]:
    everything = ShippingTerms.objects.filter(is_active=True).order_by("code")
    for each in everything.select_related("carrier", "freight_account", "re_shipper__party"):
        place = each.re_shipper
        yield (
            each.code, each.incoterm, each.named_place, each.freight_payer, each.carrier.code if each.carrier else None,
            each.service, each.freight_account.number if each.freight_account else None, each.duty_payer,
            f"{place.party.code}/{place.code}" if place else None, each.partials_allowed, each.early_days,
            each.late_days, each.instructions,
        )  # fmt: skip


SHIPPING_TERMS = ImportKind(
    name="shipping_terms",
    title="Shipping terms",
    right="master.edit",
    view_right="master.edit",
    key=("code",),
    columns=(
        code("code", required=True),
        choice("incoterm", Incoterm, required=True),
        text("named_place", required=True, max_length=120),
        choice("freight_payer", Payer, required=True),
        code("carrier", max_length=120, help=HELP),
        text("service", max_length=60),
        code("account", help="Number of a freight account with this carrier; empty: the payer's own is looked up"),
        choice("duty_payer", Payer, required=True),
        refers("re_shipper", RE_SHIPPER, max_length=81, help="A location as PARTY/CODE: receives and sends on"),
        flag("partials", help="May the delivery come in parts?"),
        integer("early_days", minimum=0, maximum=SMALL, help="Business days; empty: the customer's"),
        integer("late_days", minimum=0, maximum=SMALL),
        text("instructions", max_length=4_000),
    ),
    check=check,
    accept=accept,
    export=export,
)
