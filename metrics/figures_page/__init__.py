"""What the figures page shows of one section, spelled out for its templates."""

from metrics.figures_page.page import FiguresPage

__all__ = ["FiguresPage"]
