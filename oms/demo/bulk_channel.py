"""What distributors report by the million lines: the rows that reports, claims and credit memos leave, set by set.

Made from the invoices of the same tenant: what was billed to a partner becomes layers, most of them are sold on, month
by month, and what a ship-and-debit agreement covers is claimed, decided and credited. Runs as the owner, as orders do.
"""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import connections, transaction

from channel_inventory.actions.foresee_claims import foresee_claims
from channel_inventory.actions.refresh_positions import refresh_positions
from jobs.files import store_file
from oms.demo.filling import Say, analyze, run_steps
from tenancy.fiscal import calendar_of
from tenancy.models import Tenant
from tenancy.scope import tenant_scope
from values.fiscal_bounds import bounds_of

HISTORY = b"These reports were loaded as history, without the partners' own files.\n"
MAPPING: dict[str, Any] = {"found": {}, "columns": [], "dialect": {}, "quarantine": []}
FILLED = (
    "exchange_importbatch",
    "channel_inventory_reportedendbuyer",
    "channel_inventory_posline",
    "channel_inventory_stockledger",
    "channel_inventory_costlayer",
    "channel_inventory_layerconsumption",
    "channel_inventory_claim",
    "channel_inventory_claimcredit",
    "channel_inventory_claimline",
    "channel_inventory_liabilityledger",
    "channel_inventory_reportedstock",
)
JOINED = ("orders_invoice", "orders_invoiceline", "orders_orderline", "pricing_agreementline")
# what is planned before the rest, under the name of the table that holds it
STEPS = (
    ("plan_layers", "layer"),
    ("plan_reports", "report"),
    ("plan_texts", "text"),
    ("plan_sales", "sale"),
    ("plan_claims", "claim"),
    ("plan_credits", "credit"),
    ("plan_claim_lines", "claimed"),
    ("insert_reports", ""),
    ("insert_texts", ""),
    ("insert_pos_lines", ""),
    ("insert_stock", ""),
    ("insert_layers", ""),
    ("insert_consumption", ""),
    ("insert_claims", ""),
    ("insert_credits", ""),
    ("count_credits", ""),
    ("insert_claim_lines", ""),
    ("insert_liability", ""),
    ("use_caps", ""),
    ("plan_stock_reports", "stock_report"),
    ("insert_stock_reports", ""),
    ("insert_reported_stock", ""),
)


def fill_channel(tenant: Tenant, seed: int, today: dt.date, at: dt.datetime, say: Say) -> None:
    """Give the tenant what its partners did with what they were billed up to `today`. Orders must be there."""
    with tenant_scope(tenant.pk):
        file = store_file(HISTORY, kind="import", name="history.txt", content_type="text/plain", right="files.import")
    values: dict[str, Any] = {
        "tenant_id": tenant.pk,
        "seed": seed,
        "today": today,
        "file": file.pk,
        "sha256": hashlib.sha256(HISTORY).hexdigest(),
        "mapping": json.dumps(MAPPING),
        "periods": list(bounds_of(calendar_of(tenant)).periods),
    }
    fill(values, say)
    with tenant_scope(tenant.pk):
        say(f"channel stock: {refresh_positions(at=at):,} positions")
        say(f"certification: {foresee_claims(at=at):,} texts foresee their claims")


def fill(values: dict[str, Any], say: Say) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        analyze(cursor, JOINED)
        run_steps(cursor, STEPS, values, filled=FILLED, say=say)
    with connections["owner"].cursor() as cursor:
        analyze(cursor, FILLED)
