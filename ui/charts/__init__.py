"""Charts as SVG, the same bytes on a page and in a PDF.

Every mark carries a class for the screen and print colours as attributes: a PDF does not see the page's sheet, and on
screen the class wins, in the dark too. No style, no script; title and description are read out instead of the marks.
"""

from ui.charts.bars import Bar, Group, bars
from ui.charts.bridge import Step, bridge
from ui.charts.columns import Column, columns
from ui.charts.lines import lines
from ui.charts.rates import Rates, rates
from ui.charts.rows import Row, rows
from ui.charts.share import share_bar

__all__ = [
    "Bar",
    "Column",
    "Group",
    "Rates",
    "Row",
    "Step",
    "bars",
    "bridge",
    "columns",
    "lines",
    "rates",
    "rows",
    "share_bar",
]
