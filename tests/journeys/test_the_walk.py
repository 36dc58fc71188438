"""A purchase order becomes backlog, a shipment, an invoice and a report: through files, pages and commands alone.

Every figure below is worked out here by hand:

    PO NG-1, 1,000 pieces for each of A (direct 0.95), B (ship and debit, book 1.20), C (book 1.20)
        950.00 + 1,200.00 + 1,200.00 = 3,350.00
    PO NG-2, 4,000 pieces for C, 40 kg: 4,800.00                        gross bookings 8,150.00
    line 3 of NG-1 cancelled: −1,200.00                                 net bookings   6,950.00
    line 1 of NG-1 shipped and billed: 950.00                           billings         950.00
    NG-2 released by air on the customer's account                      backlog        6,000.00
    book-to-bill 6,950.00 ÷ 950.00 = 7.3158
"""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from fulfilment.documents import packet_of
from fulfilment.models import Shipment, ShipRequest
from orders.models import Order, OrderLine
from shipping.models import ShippingTerms
from tenancy.choices import Role
from tenancy.directory import tenant_by_slug
from tenancy.models import Tenant
from tenancy.scope import tenant_scope
from tests.factories.tenancy import make_member
from ui.documents.ship_request import render

SLUG = "walk"

FILES = {
    "parties": """code,name,roles,country,currency
NORTH,Northgate Components,sell_to|ship_to|partner,US,USD
A,Halden Rail,end_buyer,GB,
B,Brightwater Meters,end_buyer,US,
C,Corvid Robotics,end_buyer,DE,
PEN,Penang Centre,fulfilment_site,MY,
KASK,Kaskade Spedition,forwarder,DE,
""",
    "locations": """party,code,name,purpose,address1,city,postcode,country
NORTH,LEEDS,Leeds DC,ship_to,1 Dock Road,Leeds,LS27 0TE,GB
PEN,PEN,Penang DC,ship_from,7 Lebuh,Bayan Lepas,11900,MY
KASK,CGN,Hall C,hub,Frachtstrasse 9,Koeln,51147,DE
""",
    "products": """sku,description,family,unit,multiple_qty,unit_weight_g
AUR-1,Regulator,PMIC,EA,100,10
""",
    "part_numbers": "sku,party,number\nAUR-1,NORTH,48-10233\n",
    "fx_rates": "date,from,to,rate\n2026-01-01,EUR,USD,1.08\n",
    "price_lists": "list,currency,sku,min_qty,price,valid_from\nBOOK,USD,AUR-1,1,1.20,2026-01-01\n",
    "price_list_assignments": "list,party,valid_from\nBOOK,NORTH,2026-01-01\n",
    "agreements": """number,mechanism,end_buyer,sell_to,currency,valid_from,valid_to,sku,min_qty,price,cap_qty
SPA-A,direct,A,NORTH,USD,2026-01-01,2030-12-31,AUR-1,1,0.95,5000
SPA-B,ship_and_debit,B,NORTH,USD,2026-01-01,2030-12-31,AUR-1,1,0.98,
""",
    "freight_accounts": """party,carrier,service,account,payer_country,payer_postcode
NORTH,FEDEX,,7730-1185,GB,LS27 0TE
NORTH,TRANSVIA,,7N-448-2201,GB,LS27 0TE
""",
    "shipping_terms": """code,incoterm,named_place,freight_payer,carrier,service,account,duty_payer,re_shipper
LIGHT,FCA,Penang,receiver,FEDEX,Priority,7730-1185,receiver,
HEAVY,FCA,Penang,receiver,TRANSVIA,Economy Air,7N-448-2201,receiver,KASK
""",
    "shipping_rules": """code,terms,sell_to,min_weight_kg
LIGHT,LIGHT,NORTH,
HEAVY,HEAVY,NORTH,30.001
""",
}


def import_text(folder: Path, kind: str, text: str, capsys: pytest.CaptureFixture[str]) -> dict:
    file = folder / f"{kind}.csv"
    file.write_text(text)
    capsys.readouterr()
    try:
        call_command("import_file", kind, str(file), tenant=SLUG, accept_warnings=True, json=True)
    except SystemExit as stop:
        raise AssertionError(capsys.readouterr().out) from stop
    return json.loads(capsys.readouterr().out)


def post(client: Client, path: str, **fields: object) -> None:
    response = client.post(f"/{SLUG}/{path}", fields)
    assert response.status_code == 302, response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_from_purchase_order_to_report(tmp_path, capsys, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    call_command(
        "create_tenant", SLUG, name="Aurora", currency="USD", timezone="America/Los_Angeles", admin="it@example.com"
    )
    for kind, text in FILES.items():
        report = import_text(tmp_path, kind, text, capsys)
        assert report["accepted"] == report["rows"], report
        again = import_text(tmp_path, kind, text, capsys)
        assert (again["accepted"], again["unchanged"]) == (0, report["rows"]), again

    tenant_id = tenant_by_slug(SLUG).id
    with tenant_scope(tenant_id):
        today = Tenant.objects.get().today(timezone.now())
        user = make_member(Role.ADMIN, sees_cost=True).user
    due = today.replace(year=today.year + 1)
    order_rows = "".join(
        f"NORTH,{po},{today},USD,{line},{part},{quantity},{buyer},LEEDS,{due}\n"
        for po, line, part, quantity, buyer in (
            ("NG-1", 1, "AUR-1", 1000, "A"),
            ("NG-1", 2, "AUR-1", 1000, "B"),
            ("NG-1", 3, "AUR-1", 1000, "C"),
            ("NG-2", 1, "AUR-1", 4000, "C"),
        )
    )
    heading = "sell_to,customer_po,order_date,currency,line,sku,quantity,end_buyer,ship_to,request_date\n"
    taken = import_text(tmp_path, "orders", heading + order_rows, capsys)
    assert taken["accepted"] == 4, taken

    with tenant_scope(tenant_id):
        light, heavy = Order.objects.order_by("customer_po")
        lines = list(OrderLine.objects.filter(order=light).order_by("line_no"))
        assert [str(line.unit_price) for line in lines] == ["0.950000", "1.200000", "1.200000"]
        assert [line.agreed_cost and str(line.agreed_cost) for line in lines] == [None, "0.980000", None]
        assert [order.open_value for order in (light, heavy)] == [335000, 480000]

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    with tenant_scope(tenant_id):
        first, _second, third = lines
        schedule = first.schedules.get()
        heavy_schedule = heavy.schedules.get()
    post(client, f"orders/{light.pk}/release/", **{f"schedule_{schedule.pk}": 1000, "channel": "screen"})
    post(client, f"orders/{heavy.pk}/release/", **{f"schedule_{heavy_schedule.pk}": 4000, "channel": "pdf"})

    with tenant_scope(tenant_id):
        by_express, by_air = ShipRequest.objects.order_by("pk")
        assert by_express.frozen["account_number"] == "7730-1185"
        assert (by_air.frozen["carrier_code"], by_air.frozen["account_number"]) == ("TRANSVIA", "7N-448-2201")
        assert by_air.frozen["re_shipper_name"] == "Kaskade Spedition"
        tenant = Tenant.objects.get()
        printed_at = timezone.now()
        paper = text_of(render(packet_of(by_air, tenant, printed_at)))
        for told in ("7N-448-2201", "Economy Air", "Kaskade Spedition", "Northgate Components", "FCA Penang"):
            assert told in paper
        ShippingTerms.objects.filter(code="HEAVY").update(service="Overnight", named_place="Rome")
        assert text_of(render(packet_of(by_air, tenant, printed_at))) == paper
        asked = by_express.lines.get()

    post(
        client,
        f"ship-requests/{by_express.pk}/confirm/",
        **{f"line_{asked.pk}": 1000, "ship_date": today, "tracking": "4471", "is_final": "on"},
        carrier_code="FEDEX", service="Priority", account_number="7730-1185", incoterm="FCA",
    )  # fmt: skip
    with tenant_scope(tenant_id):
        shipment = Shipment.objects.get()
    post(client, f"shipments/{shipment.pk}/bill/")
    cancel(client, light, third)

    call_command("nightly", tenant=SLUG, date=today)
    call_command("verify_ledgers", tenant=SLUG, json=True)
    target = tmp_path / "report.json"
    call_command("render_report", "bookings_billings_backlog", tenant=SLUG, as_of=today, output=target)
    totals = json.loads(target.read_text())["totals"]
    assert totals["gross_bookings"] == "8150.00"
    assert totals["cancels"] == "1200.00"
    assert totals["net_bookings"] == "6950.00"
    assert totals["shipped"] == totals["billings"] == "950.00"
    assert (totals["opening_backlog"], totals["closing_backlog"]) == ("0.00", "6000.00")
    assert str(totals["book_to_bill"]).startswith("7.3")
    pdf = tmp_path / "report.pdf"
    call_command("render_report", "bookings_billings_backlog", tenant=SLUG, as_of=today, output=pdf)
    assert "6,000.00" in text_of(pdf.read_bytes())


def cancel(client: Client, order: Order, line: OrderLine) -> None:
    """The desk cancels the third line on its own form."""
    path = f"orders/{order.pk}/lines/{line.pk}/cancel/"
    form = client.get(f"/{SLUG}/{path}").context["form"]
    given = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    reasons = [value for value, _label in form.fields["reason_code"].choices if value]
    post(client, path, **given, reason_code=reasons[0], note="Project moved")


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)
