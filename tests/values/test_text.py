import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.text import normalise_name, normalise_postcode, short_name

FORMS = [
    "GmbH",
    "Inc.",
    "Ltd",
    "LLC",
    "Co.",
    "Corp.",
    "B.V.",
    "N.V.",
    "S.A.",
    "S.p.A.",
    "K.K.",
    "Pte",
    "Pty",
    "AG",
]


@pytest.mark.parametrize("form", FORMS)
def test_legal_forms_go_from_the_end(form):
    assert normalise_name(f"Acme {form}") == "acme"
    assert normalise_name(f"Acme, {form}") == "acme"


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("Acme (Shanghai) Co., Ltd.", "acme shanghai"),
        ("ACME Pty. Ltd.", "acme"),
        ("Müller & Söhne GmbH & Co. KG", "muller and sohne"),
        ("Straße AG", "strasse"),
        ("Ørsted A/S", "orsted"),
        ("Łódź Sp. z o.o.", "lodz"),
        ("Elektro S. A.", "elektro"),
        ("Grupo Norte S.A. de C.V.", "grupo norte"),
        ("O'Brien Electronics", "obrien electronics"),
        ("O’Brien  Electronics", "obrien electronics"),
        ("ＡＣＭＥ　Ｉｎｃ．", "acme"),
        ("Co-operative Supply", "co operative supply"),
        ("Amazon.com, Inc.", "amazon com"),
        ("A.B.C. Trading", "abc trading"),
        ("3M Company", "3m"),
        ("AT&T Corp.", "at and t"),
        ("東芝株式会社", "東芝"),
        ("ガス 有限会社", "ガス"),
        ("삼성전자 주식회사", "삼성전자"),
        ("", ""),
        ("---", ""),
    ],
)
def test_spellings_of_one_name_meet(name, normal):
    assert normalise_name(name) == normal


@pytest.mark.parametrize(
    ("name", "normal"), [("Inc Magazine", "inc magazine"), ("Co", "co"), ("S.A.", "sa"), ("Ltd Co", "ltd")]
)
def test_a_legal_form_stays_elsewhere_and_when_nothing_else_is_left(name, normal):
    assert normalise_name(name) == normal


@given(st.text(max_size=40))
def test_normalising_a_plain_name_again_leaves_words_and_single_spaces(name):
    normal = normalise_name(name)
    assert normal == " ".join(normal.split())
    assert normalise_name(name.join("  ")) == normal


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Acme GmbH", "Acme"),
        ("Nordlicht Elektronik GmbH & Co. KG", "Nordlicht Elek."),
        ("Northgate Components", "Northgate Comp."),
        ("NORTHGATE COMPONENTS", "NORTHGATE COMP."),
        ("Arrow Electronics Asia Pte Ltd", "Arrow Elec. Asia"),
        ("Arrow Electronics Europe", "Arrow Elec. Eur."),
        ("Kaskade Spedition GmbH", "Kaskade Spedit."),
        ("Harbour Line Electronics", "Harbour Line"),
        ("Tessellate Supply", "Tessellate"),
        ("Lumen & Slate Lighting", "Lumen & Slate"),
        ("Montgomery & Abercrombie", "Montgomery"),
        ("Montgomery, Abercrombie", "Montgomery"),
        ("Supercalifragilistic Ltd.", "Supercalifragil."),
        ("Taylor, Smith & Co.", "Taylor, Smith"),
        ("東芝株式会社", "東芝"),
    ],
)
def test_short_names_abbreviate_as_people_do_and_leave_out_whole_words(name, short):
    assert short_name(name) == short


def test_a_short_name_is_told_from_those_taken():
    taken = ["Arrow Elec. Asia"]
    second = short_name("Arrow Electronics Asia", taken=taken)
    assert second == "Arrow Elec. 2"
    third = short_name("ARROW Electronics Asia", taken=[*taken, second])
    assert third == "ARROW Elec. 3"


def test_a_short_name_compares_without_case():
    assert short_name("ACME", taken=["acme"]) == "ACME 2"


@given(st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1), st.integers(6, 30))
def test_short_names_fit_and_are_unique(name, width):
    taken: list[str] = []
    for _ in range(12):
        short = short_name(name, width, taken)
        assert len(short) <= width
        assert short.casefold() not in [each.casefold() for each in taken]
        taken.append(short)


@pytest.mark.parametrize(
    ("postcode", "country", "normal"),
    [
        (" sw1a1aa ", "GB", "SW1A 1AA"),
        ("m1 1ae", "gb", "M1 1AE"),
        ("k1a0b1", "CA", "K1A 0B1"),
        ("1012ab", "NL", "1012 AB"),
        ("941051234", "US", "94105-1234"),
        ("94105", "US", "94105"),
        ("94105-1234", "US", "94105-1234"),
        ("1000001", "JP", "100-0001"),
        ("〒100-0001", "JP", "〒100-0001"),
        ("１００－０００１", "JP", "100-0001"),
        ("11455", "SE", "114 55"),
        ("SE-114 55", "SE", "114 55"),
        ("D-80331", "DE", "80331"),
        ("80331", "DE", "80331"),
        ("CH-8001", "CH", "8001"),
        ("LV-1010", "LV", "LV-1010"),
        ("00950", "PL", "00-950"),
        ("1000205", "PT", "1000-205"),
        ("1000", "PT", "1000"),
        ("01310100", "BR", "01310-100"),
        ("d02af30", "IE", "D02 AF30"),
        ("not a  code", "US", "NOT A CODE"),
        ("abc  12", "", "ABC 12"),
        ("", "US", ""),
    ],
)
def test_postcodes_take_the_form_of_their_country(postcode, country, normal):
    assert normalise_postcode(postcode, country) == normal


@given(st.text(max_size=12), st.sampled_from(["US", "GB", "CA", "NL", "JP", "SE", "PT", "DE", "PL", ""]))
def test_a_normal_postcode_stays(postcode, country):
    normal = normalise_postcode(postcode, country)
    assert normalise_postcode(normal, country) == normal
