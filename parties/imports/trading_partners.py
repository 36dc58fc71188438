from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exchange.actions.save_trading_partners import save_trading_partners
from exchange.columns import currency, flag, refers, text
from exchange.kinds import ImportKind
from exchange.models import TradingPartner
from exchange.rows import Context, Row
from exchange.unit_maps import BadUnits, read_units, spelled_units
from exchange.upsert import given, propose
from parties.models import Party
from parties.references import PARTY

Identity = tuple[str, str, str]


def check(rows: Sequence[Row], context: Context) -> None:
    """The EDI identity tells who is meant."""
    known = known_partners(context)
    for row in rows:
        try:
            wanted = wanted_of(row)
        except BadUnits as error:
            row.error("units", "bad_units", str(error))
            continue
        key = identity_of(row)
        fresh = {"qualifier": key[0], "identity": key[1], "application": key[2]}
        propose(row, known.get(key), TradingPartner, fresh, wanted)


def identity_of(row: Row) -> Identity:
    return row.values["qualifier"], row.values["identity"], row.values.get("application") or ""


def wanted_of(row: Row) -> dict[str, Any]:
    """Raises BadUnits."""
    wanted = given(row, texts=("currency",), kept=("name", "test_allowed"))
    if "sell_to" in row.values:
        wanted["party_id"] = row.ids.get("sell_to")
    if "units" in row.values:
        wanted["unit_map"] = read_units((row.values["units"] or "").split("|"))
    return wanted


def known_partners(context: Context) -> Mapping[Identity, TradingPartner]:
    found = TradingPartner.objects.order_by("pk")
    if context.is_final:
        found = found.select_for_update()
    return {(each.qualifier, each.identity, each.application): each for each in found}


def accept(rows: Sequence[Row], context: Context) -> None:
    save_trading_partners(partners=[row.subject for row in rows])


def export() -> Iterator[Sequence[Any]]:
    partners = list(TradingPartner.objects.order_by("name", "pk"))
    codes = dict(Party.objects.filter(pk__in={each.party_id for each in partners}).values_list("pk", "code"))
    for each in partners:
        yield (
            each.name, each.qualifier, each.identity, each.application, codes.get(each.party_id or 0), each.currency,
            each.test_allowed, spelled_units(each.unit_map, " | "),
        )  # fmt: skip


TRADING_PARTNERS = ImportKind(
    name="trading_partners",
    title="Trading partners of X12",
    right="master.edit",
    key=("qualifier", "identity", "application"),
    columns=(
        text("name", required=True, max_length=120),
        text("qualifier", required=True, max_length=2, help="ISA05"),
        text("identity", required=True, max_length=15, help="ISA06"),
        text("application", max_length=15, help="GS02 where it matters; empty: any"),
        refers("sell_to", PARTY, help="Where its orders do not name the buyer"),
        currency("currency", help="Where its orders name none"),
        flag("test_allowed", help="Take interchanges marked as a test for real"),
        text("units", max_length=2_000, help="Its code = ours, separated by |: PC = EA"),
    ),
    check=check,
    accept=accept,
    export=export,
)
