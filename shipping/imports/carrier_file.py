from collections.abc import Iterator, Sequence
from typing import Any

from exchange.columns import code, text
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from exchange.upsert import propose
from shipping.actions.save_carriers import save_carriers
from shipping.imports.carriers import CODE_WIDTH
from shipping.models import Carrier

SEPARATOR = "|"


def check(rows: Sequence[Row], context: Context) -> None:
    found = Carrier.objects.filter(code__in={row.values["code"] for row in rows}).order_by("pk")
    known = {carrier.code: carrier for carrier in (found.select_for_update() if context.is_final else found)}
    for row in rows:
        key, wanted = row.values["code"], {"name": row.values["name"]}
        if "services" in row.values:
            wanted["services"] = [
                word.strip() for word in (row.values["services"] or "").split(SEPARATOR) if word.strip()
            ]
        propose(row, known.get(key), Carrier, {"code": key}, wanted)


def accept(rows: Sequence[Row], context: Context) -> None:
    save_carriers(carriers=[row.subject for row in rows], by=context.by, at=context.at)


def export() -> Iterator[Sequence[Any]]:
    for carrier in Carrier.objects.order_by("code"):
        yield carrier.code, carrier.name, f" {SEPARATOR} ".join(carrier.services)


CARRIERS = ImportKind(
    name="carriers",
    title="Carriers",
    right="master.edit",
    key=("code",),
    columns=(
        code("code", required=True, max_length=CODE_WIDTH, help="SCAC or our own code"),
        text("name", required=True, max_length=120),
        text("services", max_length=2_000, help="Separated by |; empty: any"),
    ),
    check=check,
    accept=accept,
    export=export,
)
