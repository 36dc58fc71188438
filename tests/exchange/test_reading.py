"""What a file may look like, and what is said about one that cannot be read."""

import datetime as dt
import io
import struct
import zipfile
import zlib

import pytest

from exchange.errors import Unreadable
from exchange.limits import Limits
from exchange.parsing.cells import Formats
from exchange.reading import read_table
from tests.exchange.files import csv_file, xlsx_file

KNOWN = frozenset({"code", "name", "price", "valid_from"})


def read(content, limits=None, formats=None):
    return read_table(content, known=KNOWN, formats=formats, limits=limits or Limits())


def refused(content, limits=None):
    with pytest.raises(Unreadable) as error:
        read(content, limits)
    return error.value.code


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_by_looking(separator):
    table = read(csv_file("code,name", "A,Alpha", separator=separator))
    assert [row.cells for row in table.rows] == [{"code": "A", "name": "Alpha"}]


def test_known_headings_decide_the_separator_when_texts_hold_commas():
    table = read(b"code;name;remark, note, text\r\nA;Alpha;x\r\n")
    assert table.rows[0].cells == {"code": "A", "name": "Alpha", "remark, note, text": "x"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_utf8_and_windows_1252_are_told_apart(encoding):
    assert read("code,name\nA,Müller – Söhne\n".encode(encoding)).rows[0].cells["name"] == "Müller – Söhne"


def test_rows_are_numbered_as_lines_with_quoted_line_breaks_and_blank_lines():
    table = read(b'code,name\n\nA,"two\nlines"\nB,Beta\n')
    assert [(row.number, row.cells["name"]) for row in table.rows] == [(3, "two\nlines"), (5, "Beta")]


def test_excels_separator_hint_is_not_a_heading():
    assert read(b"sep=;\r\ncode;name\r\nA;Alpha\r\n").headings == ("code", "name")


def test_xlsx_numbers_and_dates_are_spelled_as_the_mapping_reads_them():
    content = xlsx_file([["code", "price", "valid_from"], [7, 0.1, dt.date(2026, 11, 23)]])
    assert read(content).rows[0].cells == {"code": "7", "price": "0.1", "valid_from": "2026-11-23"}
    german = Formats("%d.%m.%Y", decimal_comma=True)
    assert read(content, formats=german).rows[0].cells == {"code": "7", "price": "0,1", "valid_from": "23.11.2026"}


def test_an_xlsx_row_without_its_last_cells_is_whole():
    table = read(xlsx_file([["code", "name"], ["A"]]))
    assert (table.rows[0].cells, table.rows[0].findings) == ({"code": "A", "name": ""}, ())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"  \r\n \r\n", "empty_file"),
        (b"code,name\r\n", "no_rows"),
        (b"code,name,Code\r\nA,B,C\r\n", "duplicate_heading"),
        (b'code,name\r\nA,"Alpha\r\nB,Beta\r\n', "broken_quotes"),
        ("code,name\r\nA,Alpha\r\n".encode("utf-16"), "wrong_encoding"),
        (b"code,name\r\nA,\x81lpha\r\n", "wrong_encoding"),
        ("code,name\r\nA,Ä\r\nB,Ö".encode()[:-1], "wrong_encoding"),
        (b"\xef\xbb\xbfcode,name\r\nA,\xe4\r\n", "wrong_encoding"),
        (b"code,name\r\nA,\x00\x01\r\n", "not_text"),
        (b"%PDF-1.7\n\x00\x01", "not_text"),
        (b"\x89PNG\r\n\x1a\n\x00\x81", "not_text"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x81", "not_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old_format"),
        (b"PK\x03\x04 and no more", "damaged_file"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(content, code):
    assert refused(content) == code


def test_a_truncated_xlsx_is_refused():
    whole = xlsx_file([["code", "name"], ["A", "Alpha"]])
    assert refused(whole[: len(whole) // 2]) == "damaged_file"


def test_an_empty_workbook_and_another_zip_are_refused():
    assert refused(xlsx_file([])) == "empty_file"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    assert refused(target.getvalue()) == "not_a_workbook"


def test_sizes_are_bounded():
    rows = csv_file("code,name", *(f"A{n},Alpha" for n in range(5)))
    assert refused(rows, Limits(file_bytes=20)) == "too_large"
    assert refused(rows, Limits(rows=4)) == "too_many_rows"
    assert refused(rows, Limits(columns=1)) == "too_many_columns"
    assert read(rows, Limits(rows=5)).rows[-1].number == 6


def test_an_oversized_cell_rejects_its_row_alone():
    table = read(csv_file("code,name", "A," + "x" * 51, "B,Beta"), Limits(cell_characters=50))
    assert [[finding.code for finding in row.findings] for row in table.rows] == [["cell_too_long"], []]


def test_half_a_row_and_a_row_with_surplus_cells_are_marked():
    table = read(b"code,name,price\r\nA,Alpha\r\nB,Beta,1,2\r\nC,Gamma,1,,\r\n")
    assert [[finding.code for finding in row.findings] for row in table.rows] == [
        ["incomplete_row"],
        ["too_many_cells"],
        [],
    ]


def bomb(entry: str, size: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(entry, b"0" * size)
    return target.getvalue()


def test_a_zip_bomb_is_not_opened():
    content = bomb("xl/worksheets/sheet1.xml", 12 * 2**20)
    assert len(content) < 20_000
    assert refused(content) == "zip_bomb"


def test_a_zip_with_very_many_entries_is_not_opened():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(40):
            archive.writestr(f"[Content_Types].xml{number or ''}", "x")
    assert refused(target.getvalue(), Limits(entries=30)) == "zip_bomb"


def test_a_zip_that_lies_about_its_sizes_is_not_believed():
    content = bytearray(bomb("xl/worksheets/sheet1.xml", 3 * 2**20))
    directory = content.rindex(b"PK\x01\x02")
    struct.pack_into("<L", content, directory + 24, 100)
    struct.pack_into("<L", content, directory + 16, zlib.crc32(b"0" * 100))
    assert refused(bytes(content)) == "zip_bomb"


def with_sheet(xml: bytes, path: str = "worksheets/sheet1.xml") -> bytes:
    """A workbook whose one sheet is `xml`, kept at `path` of the archive."""
    target = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(xlsx_file([["code", "name"]])))
    with source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            is_sheet = entry.filename.endswith("worksheets/sheet1.xml")
            content = sheet_xml(xml) if is_sheet else source.read(entry)
            content = content.replace(b"worksheets/sheet1.xml", path.encode())
            archive.writestr(f"xl/{path}" if is_sheet else entry.filename, content)
    return target.getvalue()


def sheet_xml(rows: bytes) -> bytes:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return head + rows + b"</sheetData></worksheet>"


FAR_ROW = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
WIDE = b"<c><v>1</v></c>" * 16_000
NUMBER = b"<c><v>1</v></c>"


@pytest.mark.parametrize(
    ("rows", "path"),
    [
        (FAR_ROW, "worksheets/sheet1.xml"),
        (FAR_ROW, "elsewhere/picture.png"),
        (b"<row>" + WIDE + b'</row><row r="1000000">' + NUMBER + b"</row>", "worksheets/sheet1.xml"),
        (b'<row z=">" r="1000000">' + NUMBER + b"</row><row>" + WIDE + b"</row>", "worksheets/sheet1.xml"),
        (b"<row>" + WIDE + b"</row>" + b"<row>" * 1_000 + FAR_ROW.replace(b"XFD", b"A"), "worksheets/sheet1.xml"),
        (b"<row><c" + b" " * 600_000 + b'r  =\n"XFD' + b"0" * 20 + b'1048576"><v>1</v></c></row>', "sheet.xml"),
        (b'<row r="1048576">' + NUMBER.replace(b"<c>", b"<c n=\" r='A1'\">") * 16_000 + b"</row>", "sheet.xml"),
    ],
    ids=["addressed", "under another name", "without addresses", "odd attributes", "many rows", "long tag", "decoy"],
)
def test_a_sheet_with_one_far_away_cell_is_not_laid_out(rows, path):
    assert refused(with_sheet(rows, path)) == "too_many_cells"


def test_a_sheet_without_addresses_is_read():
    texts = [
        [f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row] for row in (("code", "name"), ("A", "Alpha"))
    ]
    rows = "".join(f"<row>{''.join(cells)}</row>" for cells in texts)
    table = read(with_sheet(rows.encode()), Limits(cells=4))
    assert [dict(row.cells) for row in table.rows] == [{"code": "A", "name": "Alpha"}]


@pytest.mark.parametrize("entry", ["mimetype", "content.xml", "xl/workbook.bin"])
def test_other_kinds_of_workbooks_do_not_pass_for_an_xlsx(entry):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(entry, "application/vnd.oasis.opendocument.spreadsheet")
    assert refused(target.getvalue()) == "not_a_workbook"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"x" * 200_000 + b";" * 3, "cell_too_long"), (b"code,name\n" + b"," * 900_000, "line_too_long")],
)
def test_a_line_without_end_is_refused_in_a_sentence(content, code):
    assert refused(content) == code


TITLED = ["Harbour Line weekly point of sale", "", "Week:,47", "code,name,price", "A,Alpha,1", "B,,2"]


def test_titles_above_the_headings_are_no_headings():
    table = read("\n".join(TITLED).encode())
    assert table.headings == ("code", "name", "price")
    assert [(row.number, row.cells["code"]) for row in table.rows] == [(5, "A"), (6, "B")]


def test_so_it_is_with_semicolons_and_in_a_sheet():
    semicolons = [line.replace(",", ";") for line in TITLED]
    semicolons[0] = "Harbour Line, weekly point of sale"
    assert read("\n".join(semicolons).encode()).headings == ("code", "name", "price")
    sheet = xlsx_file([["Point of sale"], [], ["Week:", 47], ["code", "name", "price"], ["A", "Alpha", 1]])
    table = read(sheet)
    assert (table.headings, [row.number for row in table.rows]) == (("code", "name", "price"), [5])


def test_a_title_is_no_reason_to_miss_the_separator_of_headings_nobody_knows():
    table = read(b"Point of sale\r\nRechnung;Menge;Preis\r\nR1;5;1,50\r\n")
    assert table.headings == ("Rechnung", "Menge", "Preis")


def test_two_narrow_headings_stay_headings():
    assert read(b"code\nA\nB\n").headings == ("code",)
    assert read(b"code,name\nA,Alpha\n").headings == ("code", "name")


def test_a_long_text_far_down_does_not_hide_the_separator():
    content = b"code;name\r\nA;Alpha\r\nB;" + b"x" * 200_000 + b"\r\n"
    assert read(content).headings == ("code", "name")
    assert read(b"\r\n" * 50 + b"code;name\r\nA;Alpha\r\n").headings == ("code", "name")
