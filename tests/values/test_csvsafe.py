import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.csvsafe import neutralise, neutralise_row, restore

DANGEROUS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+SUM(A1)",
        "-2+3",
        "-5+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM(A1)",
        "  =1+1",
        "\u00a0=1+1",
        "-",
        "--5",
        "+49 89 1234",
        "-5.00 =x",
        "-5\n",
    ],
)
def test_formulas_become_text(text):
    assert neutralise(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-5",
        "-5.00",
        "+5",
        "-1,234.50",
        "-5,00",
        "12",
        "ACME",
        "a=b",
        "A-1",
        "5-3",
        "'tis",
        "−5.00",
        "#REF",
    ],
)
def test_plain_numbers_and_plain_text_stay(text):
    assert neutralise(text) == text


def test_only_the_texts_of_a_row_are_guarded():
    assert neutralise_row(["=1", -5, None, 1.5, "ok"]) == ["'=1", -5, None, 1.5, "ok"]


def test_our_own_export_comes_back_as_it_was():
    assert restore("'=1+1") == "=1+1"
    assert restore("''=1+1") == "'=1+1"
    assert restore("'tis") == "'tis"
    assert restore("'-5") == "'-5"


@given(st.text() | st.text(alphabet=[*DANGEROUS, "'", " ", "1", "5", ".", "a"]))
def test_every_text_survives_the_way_out_and_back(text):
    assert restore(neutralise(text)) == text


@given(st.sampled_from(DANGEROUS), st.text())
def test_no_exported_text_begins_like_a_formula(first, rest):
    exported = neutralise(first + rest)
    assert exported[0] == "'" or exported.lstrip("+-").replace(",", "").replace(".", "").isdigit()
