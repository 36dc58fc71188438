from collections.abc import Iterator, Sequence
from typing import Any

from exchange.columns import code, country, date, refers, text
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from exchange.upsert import given, propose
from parties.references import PARTY
from shipping.actions.upsert_freight_accounts import upsert_freight_accounts
from shipping.checks import date_problems
from shipping.imports.carriers import HELP, carriers_named
from shipping.models import FreightAccount
from values.text import normalise_postcode

Key = tuple[int | str | None, str, str]


def check(rows: Sequence[Row], context: Context) -> None:
    carriers = carriers_named(rows)
    known = known_accounts(rows, context)
    first: dict[Key, int] = {}
    for row in rows:
        carrier = carriers[row.values["carrier"]]
        number, service = row.values["account"], row.get("service", "")
        # code and name of a carrier are two texts for one key
        if (same := first.setdefault((carrier.code, number, service), row.number)) != row.number:
            row.error("account", "repeated_row", f"Row {same} says the same carrier, account and service.")
            continue
        key = carrier.pk, number, service
        fresh = {"carrier": carrier, "number": number, "service": service}
        country_code = row.values["payer_country"]
        wanted = {
            "party_id": row.ids["party"],
            "payer_country": country_code,
            "payer_postcode": normalise_postcode(row.values["payer_postcode"], country_code),
            **given(row, nullables=("valid_from", "valid_to")),
        }
        account = propose(row, known.get(key) if carrier.pk else None, FreightAccount, fresh, wanted)
        for problem in date_problems(account):
            row.error(problem.field, problem.code, problem.message)


def known_accounts(rows: Sequence[Row], context: Context) -> dict[Key, FreightAccount]:
    found = FreightAccount.objects.filter(number__in={row.values["account"] for row in rows}).order_by("pk")
    if context.is_final:
        found = found.select_for_update()
    return {(each.carrier_id, each.number, each.service): each for each in found}


def accept(rows: Sequence[Row], context: Context) -> None:
    upsert_freight_accounts(accounts=[row.subject for row in rows], by=context.by, at=context.at)


def export() -> Iterator[Sequence[Any]]:
    accounts = FreightAccount.objects.select_related("party", "carrier")
    for each in accounts.order_by("party__code", "carrier__code", "number", "service"):
        yield (
            each.party.code, each.carrier.code, each.service, each.number, each.payer_country, each.payer_postcode,
            each.valid_from, each.valid_to,
        )  # fmt: skip


FREIGHT_ACCOUNTS = ImportKind(
    name="freight_accounts",
    title="Freight accounts",
    right="master.edit",
    view_right="master.edit",
    key=("carrier", "account", "service"),
    columns=(
        refers("party", PARTY, required=True, help="Whose account it is"),
        code("carrier", required=True, max_length=120, help=HELP),
        text("service", max_length=60, help="Only for this service; empty: any"),
        code("account", required=True),
        country("payer_country", required=True),
        text("payer_postcode", required=True, max_length=20),
        date("valid_from"),
        date("valid_to"),
    ),
    check=check,
    accept=accept,
    export=export,
)
