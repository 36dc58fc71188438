"""After the sale, through files, pages and commands alone: sold in, sold on, claimed, credited, reported.

Every figure below is worked out here by hand. NORTH buys AUR-1 on one purchase order, 1,000 pieces a line:

    line 2 for B, ship and debit: book 1.20, agreed cost 0.98      layer of 1,000 at 1.20, the oldest
    line 1 for A, direct at 0.95                                   layer of 1,000 at 0.95
    line 3 for C, book                                             layer of 1,000 at 1.20, the newest

What it reports that it sold, oldest layer first:

    N-1  B 600   from the first layer        600 × (1.20 − 0.98) =  132.00   approved, credited by the first memo
    N-1  B −200  back into the first layer  −132.00 × 200 ÷ 600  =  −44.00   billed back, as its sale was approved
    N-2  B 500   400 + 200 back leave 600    500 × (1.20 − 0.98) =  110.00   waits
    N-3  C 300   100 at 1.20, 200 at 0.95    no agreement for C      0.00    no claim

    left  0 + 800 at 0.95 + 1,000 at 1.20 = 1,800; it says 1,750                       gap −50
    estimated 110.00, claimed 132.00 − 44.00 − 132.00 = −44.00, settled 132.00         open 66.00
    approved then: claimed 66.00, the second memo settles it                           settled 198.00, open 0.00
"""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from channel_inventory.models import ClaimCredit, ClaimLine, CostLayer, StockPosition
from tenancy.choices import Role
from tenancy.directory import tenant_by_slug
from tenancy.models import Tenant
from tenancy.scope import tenant_scope
from tests.factories.tenancy import make_member
from tests.journeys.test_the_walk import FILES, SLUG, import_text, text_of

ORDER = "sell_to,customer_po,order_date,currency,line,sku,quantity,end_buyer,ship_to,request_date\n"
SHIPMENT = "sell_to,customer_po,line,quantity,ship_date,site,invoice_number,invoice_date\n"
SOLD = "invoice_number,invoice_line,invoice_date,sku,quantity,resale_price,currency,end_buyer_name,end_buyer_code\n"
STOCK = "location,as_of,sku,on_hand\n"


@pytest.fixture
def walk(tmp_path, capsys, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    call_command("create_tenant", SLUG, name="Aurora", currency="USD", timezone="UTC", admin="it@example.com")
    return Walk(tmp_path, capsys)


class Walk:
    """What the people of the journey do, on days counted back from today."""

    def __init__(self, folder, capsys):
        self.folder, self.capsys = folder, capsys
        self.tenant_id = tenant_by_slug(SLUG).id
        with tenant_scope(self.tenant_id):
            self.today = Tenant.objects.get().today(timezone.now())
            user = make_member(Role.ADMIN, sees_cost=True).user
        self.client = Client()
        self.client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def ago(self, days):
        return self.today - timedelta(days=days)

    def take(self, kind, *lines, head="", partner=None):
        file = self.folder / f"{kind}.csv"
        file.write_text(head + "".join(f"{line}\n" for line in lines))
        self.capsys.readouterr()
        options = {"partner": partner} if partner else {}
        call_command("import_file", kind, str(file), tenant=SLUG, accept_warnings=True, json=True, **options)
        return json.loads(self.capsys.readouterr().out)

    def claim_lines(self, *amounts):
        """Lines of these amounts, in minor units."""
        with tenant_scope(self.tenant_id):
            return [ClaimLine.objects.select_related("claim").get(amount=amount) for amount in amounts]

    def approve(self, *amounts):
        lines = self.claim_lines(*amounts)
        at = f"/{SLUG}/channel/claims/{lines[0].claim_id}/"
        seen = [f"{line.pk}:{line.version}" for line in lines]
        answer = self.client.post(f"/{SLUG}/channel/claims/approve/", {"at": at, "seen": seen, "note": ""})
        assert answer.status_code == 302, answer.content.decode()

    def credit(self, amount):
        (line,) = self.claim_lines(amount)
        answer = self.client.post(f"/{SLUG}/channel/claims/{line.claim_id}/credit/")
        assert answer.status_code == 302, answer.content.decode()

    def report(self, ending):
        target = self.folder / f"liability.{ending}"
        call_command("render_report", "rebate_liability", tenant=SLUG, as_of=self.today, output=target)
        return target

    def sheet(self, name, first="Currency"):
        """The cells of a sheet of the workbook from the column `first` to what is recoverable."""
        titles, *rows = CalamineWorkbook.from_path(str(self.report("xlsx"))).get_sheet_by_name(name).to_python()
        return [tuple(row[titles.index(first) : titles.index("Recoverable") + 1]) for row in rows]

    def totals(self):
        return json.loads(self.report("json").read_text())["totals"]


@pytest.mark.django_db(transaction=True)
def test_from_purchase_order_to_liability_report(walk):
    for kind, text in FILES.items():
        import_text(walk.folder, kind, text, walk.capsys)
    sell_in(walk)

    first = walk.take("pos", f"N-1,1,{walk.ago(20)},AUR-1,600,1.50,USD,Brightwater,B", head=SOLD, partner="NORTH")
    assert first["accepted"] == 1
    again = walk.take("pos", f"N-1,1,{walk.ago(20)},AUR-1,600,1.50,USD,Brightwater,B", head=SOLD, partner="NORTH")
    assert (again["accepted"], again["unchanged"]) == (0, 1)
    assert walk.totals() == {
        "estimated": "132.00", "claimed": "0.00", "settled": "0.00", "open": "132.00", "recoverable": "0.00"
    }  # fmt: skip
    walk.approve(132_00)
    walk.credit(132_00)

    second = walk.take(
        "pos",
        f"N-1,1,{walk.ago(10)},AUR-1,-200,1.50,USD,Brightwater,B",
        f"N-2,1,{walk.ago(9)},AUR-1,500,1.50,USD,Brightwater,B",
        f"N-3,1,{walk.ago(8)},AUR-1,300,1.40,USD,Corvid,C",
        head=SOLD,
        partner="NORTH",
    )
    assert second["accepted"] == 3, second
    assert walk.totals() == {
        "estimated": "110.00", "claimed": "-44.00", "settled": "132.00", "open": "66.00", "recoverable": "0.00"
    }  # fmt: skip

    paper = text_of(walk.report("pdf").read_bytes())
    for told in (
        "Aurora owes its channel USD 66.00. Estimated are 110.00, claimed −44.00.",
        "Northgate Components, total 242.00 −44.00 −132.00 66.00 – 110.00 −44.00",
        "Ship and debit 110.00 −44.00 66.00 0.00",
        "sum to 66.00 = open less recoverable 66.00, difference 0.00",
        "Ledger: 5 rows to",
        "CR-000001",
    ):
        assert told in paper, told
    assert walk.sheet("Totals") == [("USD", 110.0, -44.0, 132.0, 66.0, 0.0)]
    assert walk.sheet("Rows", "Estimated") == [(110.0, -44.0, 132.0, 66.0, 0.0)]

    walk.take("stock", f"LEEDS,{walk.ago(0)},AUR-1,1750", head=STOCK, partner="NORTH")
    with tenant_scope(walk.tenant_id):
        layers = CostLayer.objects.order_by("received_on", "pk").values_list("remaining", "unit_cost")
        assert [(left, str(cost)) for left, cost in layers] == [
            (0, "1.200000"), (800, "0.950000"), (1_000, "1.200000")
        ]  # fmt: skip
        position = StockPosition.objects.get()
        assert (position.on_hand, position.reported, position.gap) == (1_800, 1_750, -50)

    walk.approve(110_00)
    walk.credit(110_00)
    assert walk.totals() == {
        "estimated": "0.00", "claimed": "0.00", "settled": "198.00", "open": "0.00", "recoverable": "0.00"
    }  # fmt: skip
    with tenant_scope(walk.tenant_id):
        memos = list(ClaimCredit.objects.order_by("pk").values_list("number", "total"))
    assert memos == [("CR-000001", 132_00), ("CR-000002", 66_00)]

    paper = text_of(walk.report("pdf").read_bytes())
    for told in ("CR-000001", "CR-000002", "198.00", "Northgate Components"):
        assert told in paper
    sheets = CalamineWorkbook.from_path(str(walk.report("xlsx")))
    cells = [cell for name in sheets.sheet_names for row in sheets.get_sheet_by_name(name).to_python() for cell in row]
    assert 198.0 in cells
    call_command("verify_ledgers", tenant=SLUG, json=True)


def sell_in(walk):
    """One purchase order; its lines leave on three days, B's goods first."""
    due = walk.today.replace(year=walk.today.year + 1)
    lines = [
        f"NORTH,NG-1,{walk.ago(40)},USD,{line},AUR-1,1000,{buyer},LEEDS,{due}" for line, buyer in enumerate("ABC", 1)
    ]
    walk.take("orders", *lines, head=ORDER)
    days = {2: 38, 1: 36, 3: 34}
    shipped = [
        f"NORTH,NG-1,{line},1000,{walk.ago(days[line])},PEN,I-{line},{walk.ago(days[line])}" for line in (2, 1, 3)
    ]
    taken = walk.take("shipments", *shipped, head=SHIPMENT)
    assert taken["accepted"] == 3, taken
