"""Notes and attachments: written once, corrected by another, bounded, and shown to a partner only when shared."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction

from jobs.files import path_of
from orders import attachments
from orders.actions.add_note import add_note
from orders.actions.attach_file import attach_file
from orders.actions.correct_note import correct_note
from orders.actions.enter_order import enter_order
from orders.actions.remove_attachment import remove_attachment
from orders.attachments import NotAttachable, kind_of
from orders.engine.state import VerbRefused
from orders.models import OrderAttachment, OrderNote
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.orders import book, line_entry, occasion, order_entry
from tests.factories.tenancy import make_member
from tests.fixtures import NOW
from tests.orders.pages import PATH, body

pytestmark = pytest.mark.usefixtures("noon", "own_files")

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nendobj\n"


@pytest.fixture
def order(world):
    return book(world.by, world.sell_to, line_entry(world.product, 1000, ship_to_id=world.ship_to.pk))


@pytest.fixture
def partner_client(client, world):
    client.force_login(make_member(Role.PARTNER, party_id=world.sell_to.pk).user)
    return client


def archive(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


def test_a_note_is_shown_with_who_and_when(desk_client, world, order):
    where = f"{PATH}{order.pk}/notes/add/"
    response = desk_client.post(where, {"text": " Called: wants <b>half</b> in January. ", "line_no": "1"})
    assert response.status_code == 302
    page = desk_client.get(f"{PATH}{order.pk}/")
    assert "Called: wants &lt;b&gt;half&lt;/b&gt; in January." in page.content.decode()
    assert f"23 Nov 2026 12:00 by {world.by.user.email}, line 1 · internal" in body(page)


def test_what_is_wrong_with_a_note_is_said_beside_its_field(desk_client, order):
    where = f"{PATH}{order.pk}/notes/add/"
    assert "There is no line 7." in body(desk_client.post(where, {"text": "x", "line_no": "7"}))
    assert desk_client.post(where, {"text": " "}).status_code == 422
    assert desk_client.post(where, {"text": "x" * 2001}).status_code == 422
    assert not OrderNote.objects.exists()


def test_a_correction_leaves_what_was_written(desk_client, world, order):
    note = add_note(order_id=order.pk, text="Two weeks late", occasion=occasion(world.by), is_shared=True)
    where = f"{PATH}{order.pk}/notes/{note.pk}/correct/"
    assert "Two weeks late" in desk_client.get(where).content.decode()
    assert desk_client.post(where, {"text": "Three weeks late"}).status_code == 302
    newer = OrderNote.objects.get(corrects=note)
    assert (newer.text, newer.is_shared) == ("Three weeks late", True)
    assert OrderNote.objects.get(pk=note.pk).text == "Two weeks late"
    text = body(desk_client.get(f"{PATH}{order.pk}/")).partition("Attach…")[0].partition("Write…")[2]
    assert text.index("Three weeks late") < text.index("What it said before") < text.index("Two weeks late")
    with pytest.raises(VerbRefused, match="corrected already"):
        correct_note(note_id=note.pk, text="Four", occasion=occasion(world.by))


def test_notes_are_never_changed_or_corrected_twice(world, order):
    note = add_note(order_id=order.pk, text="one", occasion=occasion(world.by))
    for sql in ("UPDATE orders_ordernote SET text = 'x'", "DELETE FROM orders_ordernote"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    correct_note(note_id=note.pk, text="two", occasion=occasion(world.by))
    with pytest.raises(IntegrityError, match="note_corrected_once"), transaction.atomic():
        OrderNote.objects.create(order=order, text="three", corrects=note, written_at=NOW)


def test_a_partner_reads_what_is_shared_and_nothing_else(partner_client, world, order):
    by = occasion(world.by)
    add_note(order_id=order.pk, text="internal secret", occasion=by)
    first = add_note(order_id=order.pk, text="before shared", occasion=by, is_shared=True)
    correct_note(note_id=first.pk, text="shared words", occasion=by)
    inside = attach_file(order_id=order.pk, name="cost.pdf", content=PDF, occasion=by)
    shared = attach_file(order_id=order.pk, name="drawing.pdf", content=PDF, occasion=by, is_shared=True)
    gone = attach_file(order_id=order.pk, name="gone.pdf", content=PDF, occasion=by, is_shared=True)
    remove_attachment(attachment_id=gone.pk, occasion=occasion(world.by, note="wrong file"))
    text = body(partner_client.get(f"{PATH}{order.pk}/"))
    for seen in ("shared words", "drawing.pdf", "by Aurora Semiconductor"):
        assert seen in text, seen
    for hidden in ("internal", "before shared", "cost.pdf", "gone.pdf", world.by.user.email, "Write…", "Take off"):
        assert hidden not in text, hidden
    where = f"{PATH}{order.pk}/files/"
    assert b"".join(partner_client.get(f"{where}{shared.pk}/").streaming_content) == PDF
    for each in (inside, gone):
        assert partner_client.get(f"{where}{each.pk}/").status_code == 404
    assert partner_client.get(f"/aurora/downloads/{shared.file_id}/").status_code == 404
    for address in (f"{where}add/", f"{where}{shared.pk}/remove/", f"{PATH}{order.pk}/notes/add/"):
        assert partner_client.get(address).status_code == 403


def test_another_partner_finds_nothing(client, world, order):
    shared = attach_file(order_id=order.pk, name="a.pdf", content=PDF, occasion=occasion(world.by), is_shared=True)
    client.force_login(make_member(Role.PARTNER, party_id=world.b.pk).user)
    assert client.get(f"{PATH}{order.pk}/files/{shared.pk}/").status_code == 404


def test_sql_shows_an_outsider_its_own_shared_rows_alone_and_lets_it_write_none(world, order, kestrel):
    by = occasion(world.by)
    for shared in (True, False):
        add_note(order_id=order.pk, text=f"shared {shared}", occasion=by, is_shared=shared)
        attach_file(order_id=order.pk, name="a.pdf", content=PDF, occasion=by, is_shared=shared)
    tables = ("orders_ordernote", "orders_orderattachment")
    for party, expected in ((world.sell_to.pk, 1), (world.b.pk, 0)):
        with tenant_scope(order.tenant_id, party_id=party), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"SELECT count(*), coalesce(bool_and(is_shared), true) FROM {table}")
                assert cursor.fetchone() == (expected, True)
    with tenant_scope(kestrel.pk):
        assert not OrderNote.objects.exists()
        assert not OrderAttachment.objects.exists()
    with (
        tenant_scope(order.tenant_id, party_id=world.sell_to.pk),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        OrderNote.objects.create(order_id=order.pk, text="mine", is_shared=True, written_at=NOW)
    with tenant_scope(order.tenant_id, party_id=world.sell_to.pk):
        assert OrderAttachment.objects.update(is_shared=False) == 0


def test_a_file_is_kept_under_a_random_name_and_only_ever_saved(desk_client, order):
    upload = SimpleUploadedFile("../../Länge x.pdf", PDF, content_type="text/html")
    sent = {"file": upload, "about": "Drawing", "is_shared": "on"}
    assert desk_client.post(f"{PATH}{order.pk}/files/add/", sent).status_code == 302
    found = OrderAttachment.objects.select_related("file").get()
    assert (found.content_type, found.size, found.is_shared) == ("application/pdf", len(PDF), True)
    assert path_of(found.file).name.isalnum()
    assert len(path_of(found.file).name) == 32
    response = desk_client.get(f"{PATH}{order.pk}/files/{found.pk}/")
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"", "The file is empty."),
        ("a.pdf", b"MZ\x90\x00", "none of PDF, PNG, JPEG, XLSX, DOCX or plain text"),
        ("a.pdf", b"hello", "The content is plain text, but the name ends in .pdf."),
        ("a.html", b"<script>alert(1)</script>", "The content is plain text, but the name ends in .html."),
        ("a.svg", b"<svg/>", "The content is plain text, but the name ends in .svg."),
        ("a.txt", PDF, "The content is a PDF, but the name ends in .txt."),
        ("README", b"hello", "The content is plain text, but the name has no ending."),
        ("a.xlsx", archive("evil.exe"), "none of PDF"),
        ("a.xlsx", b"PK\x03\x04 torn", "none of PDF"),
        ("a.pdf", PDF + b"x" * attachments.MAX_BYTES, "larger than 10 MB"),
    ],
)
def test_what_cannot_be_attached_is_refused_beside_the_field(desk_client, order, name, content, message):
    response = desk_client.post(f"{PATH}{order.pk}/files/add/", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert message in body(response)
    assert not OrderAttachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.PDF", PDF, "application/pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0", "image/jpeg"),
        ("po.x12", b"ISA*00*~\n", "text/plain; charset=utf-8"),
        ("a.csv", "Größe;1\r\n".encode("cp1252"), "text/plain; charset=utf-8"),
        ("a.xlsx", archive("xl/workbook.xml"), f"{attachments.OOXML}.spreadsheetml.sheet"),
        ("a.docx", archive("word/document.xml"), f"{attachments.OOXML}.wordprocessingml.document"),
    ],
)
def test_the_content_says_what_a_file_is(name, content, content_type):
    assert kind_of(content, name).content_type == content_type


def test_an_order_holds_so_many_files(world, order, monkeypatch):
    monkeypatch.setattr("orders.actions.attach_file.MAX_FILES", 2)
    by = occasion(world.by)
    first, _ = (attach_file(order_id=order.pk, name="a.txt", content=b"x", occasion=by) for _ in range(2))
    with pytest.raises(NotAttachable, match="An order holds 2 files"):
        attach_file(order_id=order.pk, name="a.txt", content=b"x", occasion=by)
    remove_attachment(attachment_id=first.pk, occasion=occasion(world.by, note="old"))
    attach_file(order_id=order.pk, name="a.txt", content=b"x", occasion=by)


def test_a_file_taken_off_stays_on_record(desk_client, world, order):
    found = attach_file(order_id=order.pk, name="a.txt", content=b"x", occasion=occasion(world.by), is_shared=True)
    where = f"{PATH}{order.pk}/files/{found.pk}/remove/"
    assert desk_client.post(where, {"reason": ""}).status_code == 422
    assert desk_client.post(where, {"reason": "wrong order"}).status_code == 302
    found.refresh_from_db()
    assert (found.removed_by, found.removed_at.date()) == (world.by, NOW.date())
    text = body(desk_client.get(f"{PATH}{order.pk}/"))
    assert f"taken off 23 Nov 2026 by {world.by.user.email}: wrong order" in text
    assert "taken off already" in body(desk_client.post(where, {"reason": "again"}))


@pytest.fixture
def entered(world):
    line = line_entry(world.product, 1000, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    return enter_order(entry=order_entry(world.sell_to, line), by=world.by, at=NOW)


def test_a_change_before_booking_leaves_its_reason_with_the_order(desk_client, entered):
    line = entered.lines.get()
    form = desk_client.get(f"{PATH}{entered.pk}/lines/{line.pk}/change/").content.decode()
    sent = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', form))
    sent |= {"quantity": "2,000", "end_buyer": "A", "initiator": "customer", "reason_code": "demand", "reason": "mail"}
    assert desk_client.post(f"{PATH}{entered.pk}/lines/{line.pk}/change/", sent).status_code == 302
    note = OrderNote.objects.get()
    assert note.text == (
        "Line 1 changed before it was booked: quantity 1,000 to 2,000, end buyer C to A. Why: Demand changed: mail"
    )
    assert (note.line, note.is_shared) == (line, False)


def test_a_line_taken_off_before_booking_leaves_its_reason_with_the_order(desk_client, entered):
    line = entered.lines.get()
    sent = {"version": line.version, "initiator": "us", "reason_code": "duplicate", "reason": ""}
    assert desk_client.post(f"{PATH}{entered.pk}/lines/{line.pk}/cancel/", sent).status_code == 302
    assert OrderNote.objects.get().text == "Line 1 taken off before it was booked. Why: Ordered twice"
