"""A small bar beside a figure, as long as its share of the largest one."""

from django.utils.safestring import SafeString, mark_safe

from ui.charts.marks import FILLS
from ui.charts.scale import Number

WIDTH, HEIGHT = 72, 10


def share_bar(value: Number, largest: Number) -> SafeString:
    """Decoration only: the figure stands beside it. Below zero the bar is that of a fall."""
    length = min(abs(float(value)) / (abs(float(largest)) or 1.0), 1.0) * WIDTH
    css = "down" if value < 0 else "c1"
    return mark_safe(  # noqa: S308  numbers only
        f'<svg class="spark" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
        f'<rect class="{css}" {FILLS[css]} x="0" y="1" width="{length:.1f}" height="8"/></svg>'
    )
