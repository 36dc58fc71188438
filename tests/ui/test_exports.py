import csv
import datetime as dt
import io
from decimal import Decimal

from python_calamine import load_workbook

from ui.exports import csv_chunks, sheet_name, xlsx_file

DANGEROUS = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "  =1", "＝1"]


def read_csv(chunks):
    return list(csv.reader(io.StringIO(b"".join(chunks).decode("utf-8-sig"), newline="")))


def read_xlsx(file):
    with file:
        return load_workbook(file).get_sheet_by_index(0).to_python()


def test_csv_spells_values_for_machines():
    row = [None, Decimal("1234.50"), 7, True, dt.date(2026, 11, 23), 'Köln; “quoted”, "twice"']
    assert read_csv(csv_chunks(["a", "b", "c", "d", "e", "f"], [row]))[1] == [
        "", "1234.50", "7", "yes", "2026-11-23", "Köln; “quoted”, \"twice\"",
    ]  # fmt: skip


def test_csv_begins_with_a_byte_order_mark_and_comes_in_chunks():
    chunks = list(csv_chunks(["n"], ([n] for n in range(1200))))
    assert chunks[0].startswith(b"\xef\xbb\xbfn\r\n0\r\n")
    assert len(chunks) == 3
    assert len(read_csv(chunks)) == 1201


def test_no_csv_cell_or_heading_is_a_formula():
    rows = read_csv(csv_chunks(DANGEROUS, [DANGEROUS]))
    for text, heading, cell in zip(DANGEROUS, *rows, strict=True):
        assert heading == cell == f"'{text}"


def test_negative_numbers_stay_numbers():
    assert read_csv(csv_chunks(["n"], [[Decimal("-5.00")], [-3]]))[1:] == [["-5.00"], ["-3"]]


def test_xlsx_keeps_text_text_and_numbers_numbers():
    rows = [[*DANGEROUS[:4], Decimal("12.34"), dt.date(2026, 11, 23), "https://example.com", None]]
    found = read_xlsx(xlsx_file(list("abcdefgh"), rows))[1]
    assert found[:4] == DANGEROUS[:4]
    assert found[4] == 12.34
    assert found[5] == dt.date(2026, 11, 23)
    assert found[6] == "https://example.com"


def test_xlsx_writes_numbers_that_excel_would_round_as_text():
    assert read_xlsx(xlsx_file(["n"], [[12345678901234567], [Decimal("1234567890123.456789")]]))[1:] == [
        ["12345678901234567"],
        ["1234567890123.456789"],
    ]


def test_sheet_names_are_what_excel_allows():
    assert sheet_name("Orders: [all] / open?") == "Orders   all    open "
    assert sheet_name("x" * 40) == "x" * 31
    assert sheet_name("") == "Rows"
