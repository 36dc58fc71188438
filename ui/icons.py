"""Icons of the heroicons set, 16 px solid, rendered once."""

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from heroicons.templatetags.heroicons import heroicon_micro


@lru_cache(maxsize=256)
def icon(name: str, css: str = "") -> SafeString:
    """Inline SVG, hidden from screen readers: the word beside it speaks. Raises IconDoesNotExist."""
    drawn = heroicon_micro(name, size=None, aria_hidden="true", **{"class": f"ico {css}".strip()})
    drawn = " ".join(drawn.split()).replace("> <", "><")
    return mark_safe(drawn)  # noqa: S308  the package's own files, and a class that only our code names
