from functools import cached_property

from metrics.drill import Drill
from metrics.figures_page import bridge, moves, tops, trend
from metrics.figures_page.cells import Cell, Purse
from metrics.figures_page.tiles import tiles_of
from metrics.reports.bookings_billings_backlog import Section


class FiguresPage:
    """Tiles, charts and tables of a section, each figure with the address of its rows.

    `before` leads to the rows of the days compared with, `href` is the address of the page with its filters.
    """

    def __init__(self, section: Section, drill: Drill, before: Drill, href: str):
        self.section, self.drill = section, drill
        self.currency = section.currency
        purse = Purse(section.currency)
        self.places = purse.places
        self.tiles = list(tiles_of(section, drill, before))
        self.trend = trend.picture(section, drill) if section.trend else ""
        self.trend_rows = list(trend.rows(section, drill))
        self.due = trend.due_picture(section, drill)
        self.due_rows = list(trend.due_rows(section, drill))
        self.bridge = bridge.picture(section, drill)
        self.bridge_rows = list(bridge.rows(section, drill))
        self.is_bridge_cut = bridge.begins_above_zero(section)
        self.axes = moves.axes(section, drill)
        self.changes = list(moves.changes(section, drill))
        self.tops = tops.tables(section, drill, href)
        self.keys = list(tops.key_rows(section, drill))

    @cached_property
    def past_request(self) -> Cell:
        due = self.section.due
        minor = due.past_request_reporting if self.section.is_converted else due.past_request_value
        return Purse(self.currency).cell(minor, self.drill.past_request())

    @cached_property
    def unscheduled(self) -> Cell:
        bucket = self.section.due.buckets[-1]
        return Cell(bucket.schedules, None, self.drill.bucket(bucket))
