"""The few marks that charts are made of. Coordinates are SVG user units, y downward."""

from collections.abc import Iterator, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

INK, SECOND, RULE, AXIS, RED = "#16202b", "#56626e", "#b9c2ca", "#16202b", "#9c1c14"
FONTS = "Doc, DocExt, sans-serif"

# class on screen -> attributes in print: three clear greys, and hatching where it must not depend on hue
FILLS = {
    "c1": 'fill="#163f66"',
    "c2": 'fill="#c9dcea" stroke="#163f66" stroke-width=".6"',
    "c3": 'fill="#6fa0c4"',
    "c4": f'fill="#fff" stroke="{SECOND}" stroke-width=".6"',
    "up": 'fill="#6fa0c4"',
    "down": f'fill="#fff" stroke="{INK}" stroke-width=".6"',
    "late": f'fill="#fff" stroke="{RED}" stroke-width=".6"',
}
HATCHED = {"c4": SECOND, "down": INK, "late": RED}
STROKES = {"l1": INK, "l2": "#6fa0c4", "l3": "#163f66"}

TEXTS = {
    "": f'fill="{SECOND}"',
    "v": f'font-weight="600" fill="{INK}"',
    "m": f'fill="{SECOND}"',
    "bad": f'fill="{RED}"',
}


def rect(css: str, x: float, y: float, width: float, height: float) -> str:
    """A filled rectangle; kinds that must be told apart without colour are hatched as well."""
    drawn = f'<rect class="{css}" {FILLS[css]} x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
    if css not in HATCHED or width < 1 or height < 1:
        return drawn
    return f'{drawn}<path class="hatch" stroke="{HATCHED[css]}" stroke-width=".6" d="{hatch(x, y, width, height)}"/>'


def hatch(x: float, y: float, width: float, height: float, gap: float = 4) -> str:
    """Rising strokes within a rectangle, as one path: patterns are not drawn by every renderer."""
    return "".join(hatch_strokes(x, y, width, height, gap))


def hatch_strokes(x: float, y: float, width: float, height: float, gap: float) -> Iterator[str]:
    offset = gap
    while offset < width + height:
        left, right = max(0.0, offset - height), min(width, offset)
        yield f"M{x + left:.1f} {y + offset - left:.1f}L{x + right:.1f} {y + offset - right:.1f}"
        offset += gap


def text(x: float, y: float, words: str, *, css: str = "", anchor: str = "middle", size: float = 7) -> str:
    named = f' class="{css}"' if css else ""
    return (
        f'<text{named} {TEXTS[css]} x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def line(css: str, x1: float, y1: float, x2: float, y2: float, *, dash: str = "") -> str:
    stroke = AXIS if css == "axis" else RULE
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line class="{css}" stroke="{stroke}" stroke-width=".5" x1="{x1:.1f}" y1="{y1:.1f}" '
        f'x2="{x2:.1f}" y2="{y2:.1f}"{dashes}/>'
    )


def link(href: str, label: str, inner: str) -> str:
    return f'<a href="{escape(href)}" aria-label="{escape(label)}">{inner}</a>' if href else inner


def picture(
    title: str, description: str, size: tuple[float, float], parts: Sequence[str], *, name: str, css: str = "wide"
) -> SafeString:
    """The whole SVG. `name` makes the ids and is unique on its page; `css` says how wide it may grow on screen."""
    inner = "".join(parts)
    role = "group" if "<a " in inner else "img"
    width, height = size
    return mark_safe(  # noqa: S308  every word went through escape, every number through a format
        f'<svg class="{css}" viewBox="0 0 {width:g} {height:g}" role="{role}" aria-labelledby="{name}-t {name}-d" '
        f'font-family="{FONTS}"><title id="{name}-t">{escape(title)}</title>'
        f'<desc id="{name}-d">{escape(description)}</desc>{inner}</svg>'
    )
