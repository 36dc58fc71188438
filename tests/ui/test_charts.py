import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from ui.charts import Bar, Group, Rates, Row, Step, bars, bridge, lines, rates, rows
from ui.charts.bridge import is_cut
from ui.charts.scale import ticks, unit_for

SVG = ElementTree.fromstring
SERIES = (Bar("net bookings", "c1"), Bar("billings", "c2"))


def found(svg, name, css=None):
    return [one for one in SVG(svg).iter(name) if css is None or one.get("class") == css]


CHARTS = [
    bars("Bookings <b>", SERIES, [Group("Oct", (10, 5), href="/o?a=1&b=2"), Group("Nov", (None, 8))], currency="EUR"),
    rows("Backlog", [Row("Late", 3, "late"), Row("A & B", 9, "c1", "75 %")], currency="EUR"),
    lines("Book-to-bill", ["Oct", "Nov", "Dec"], [Decimal("0.98"), None, Decimal("1.04")], base=1),
    rates(
        "On time",
        [("Oct", "2026"), ("Nov", ""), ("Dec", "")],
        [
            Rates("Kept", "l1", [Decimal("80.1"), None, Decimal("90.0")], ["/a?b&c", "/d", "/e"]),
            Rates("Met", "l2", [1, 2, 3]),
        ],
    ),
    bridge("Bridge", ("Opening", 100), [Step("New", 60), Step("Shipped", -30)], ("Closing", 130)),
]


@pytest.mark.parametrize("svg", CHARTS)
def test_charts_are_well_formed_described_and_hold_no_style_or_script(svg):
    root = SVG(svg)
    title, description = root.find("title"), root.find("desc")
    assert title.text
    assert description.text
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert not re.search(r"style|script|\son\w+=", svg)


@pytest.mark.parametrize("svg", CHARTS)
def test_every_mark_has_a_class_for_the_page_and_a_colour_for_print(svg):
    for mark in SVG(svg).iter():
        if mark.tag in ("rect", "circle"):
            assert mark.get("class")
            assert mark.get("fill", "").startswith("#")
        if mark.tag == "text":
            assert mark.get("fill", "").startswith("#")


def test_bars_are_as_high_as_their_values():
    svg = bars("t", SERIES, [Group("Oct", (10, 5)), Group("Nov", (20, 0))])
    first, second, third = [float(one.get("height")) for one in found(svg, "rect") if float(one.get("height"))]
    assert third / first == pytest.approx(2, rel=0.01)
    assert first / second == pytest.approx(2, rel=0.01)


def test_a_missing_value_draws_nothing_and_is_said():
    svg = bars("t", SERIES, [Group("Oct", (None, 5))])
    assert found(svg, "rect", "c1") == []
    assert "Oct: net bookings none, billings 5" in SVG(svg).find("desc").text


def test_values_below_zero_hang_under_the_axis():
    svg = bars("t", (Bar("net", "c1"),), [Group("Oct", (-10,)), Group("Nov", (10,))])
    under, above = found(svg, "rect")
    axis = float(found(svg, "line", "axis")[0].get("y1"))
    assert float(under.get("y")) == pytest.approx(axis)
    assert float(above.get("y")) + float(above.get("height")) == pytest.approx(axis, abs=0.2)


def test_bars_that_lead_somewhere_are_links_with_a_name():
    svg = bars("t", SERIES, [Group("Oct", (Decimal(6_160_000), Decimal(6_190_000)), href="/x?a=1&b=2")], currency="EUR")
    (link,) = found(svg, "a")
    assert link.get("href") == "/x?a=1&b=2"
    assert link.get("aria-label") == "Oct: net bookings 6.16, billings 6.19"
    assert SVG(svg).get("role") == "group"


def test_a_gap_breaks_the_line():
    svg = lines("t", list("abcde"), [1, 2, None, 3, 4])
    assert len(found(svg, "path")) == 2
    assert len(found(svg, "circle")) == 4


def test_late_bars_are_hatched_so_that_colour_does_not_speak_alone():
    assert len(found(rows("t", [Row("Late", 3, "late"), Row("Nov", 9)]), "path", "hatch")) == 1


def test_amounts_are_rounded_to_a_unit_and_counts_are_not():
    assert "17.60" in rows("t", [Row("Nov", 17_595)], currency="EUR")
    assert "17,595" in rows("t", [Row("Never", 17_595)])


def test_the_bridge_joins_each_step_to_the_next():
    svg = bridge("t", ("Opening", 10), [Step("New", 60), Step("Shipped", -30)], ("Closing", 40))
    opening, closing = found(svg, "rect", "c1")
    rise, fall = found(svg, "rect", "up")[0], found(svg, "rect", "down")[0]
    assert float(rise.get("y")) + float(rise.get("height")) == pytest.approx(float(opening.get("y")), abs=0.2)
    assert float(fall.get("y")) == pytest.approx(float(rise.get("y")), abs=0.2)
    assert float(fall.get("y")) + float(fall.get("height")) == pytest.approx(float(closing.get("y")), abs=0.2)


def test_totals_are_cut_only_when_the_steps_would_vanish():
    assert is_cut(1000, [5, -3], 1002)
    assert not is_cut(10, [60, -30], 40)
    assert not is_cut(-10, [5], -5)
    assert 'class="halo"' in bridge("t", ("O", 1000), [Step("New", 5)], ("C", 1005))


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [(0, 7.41, [0, 2, 4, 6, 8]), (0, 1, [0, 0.5, 1]), (-3, 10, [-5, 0, 5, 10]), (0, 0, [0, 1])],
)
def test_axes_are_round(low, high, marks):
    assert ticks(low, high) == pytest.approx(marks)


def test_units_follow_the_largest_value():
    assert unit_for([Decimal(999), None]).name == ""
    assert unit_for([Decimal(-1500)]).name == "thousand"
    assert unit_for([2_000_000, 3]).shown(Decimal(1_166_730)) == "1.17"
