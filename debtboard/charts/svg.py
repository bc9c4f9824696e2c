"""The one place where SVG becomes markup: a picture's label is escaped, its body is made of numbers and constants."""

from collections.abc import Sequence

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

Spot = tuple[float, float]

HATCH = 'fill="url(#unseen)"'


def picture(body: str, label: str, css: str = "", view: str = "", *, stretched: bool = False) -> SafeString:
    """An inline SVG that a screen reader hears as its label. `body` must hold no text from outside."""
    name = f' class="{css}"' if css else ""
    box = f' viewBox="{view}"' if view else ""
    box += ' preserveAspectRatio="none"' if stretched else ""
    return mark_safe(f'<svg{name}{box} role="img" aria-label="{escape(label)}">{body}</svg>')  # noqa: S308 -- label escaped


def ornament(body: str, view: str = "", css: str = "") -> SafeString:
    """An inline SVG whose meaning stands beside it as text. `body` must hold no text from outside."""
    box = (f' class="{css}"' if css else "") + (f' viewBox="{view}"' if view else "")
    return mark_safe(f'<svg{box} aria-hidden="true">{body}</svg>')  # noqa: S308 -- numbers and constants only


def instead(words: str) -> SafeString:
    """What stands where there is nothing to draw."""
    return format_html('<span class="db-dim">{}</span>', words)


def length(value: float) -> str:
    """At most one decimal, without a trailing zero."""
    return f"{value:.1f}".removesuffix(".0")


def share(value: float) -> str:
    return f"{length(value)}%"


def rect(paint: str, x: str, width: str, height: str = "100%", y: str = "") -> str:
    """`paint` is a class or a fill; x and y are left out when they are zero."""
    place = (f' x="{x}"' if x not in {"", "0", "0%"} else "") + (f' y="{y}"' if y else "")
    return f'<rect {paint}{place} width="{width}" height="{height}"/>'


def upright(css: str, x: str, top: str, foot: str) -> str:
    return f'<line class="{css}" x1="{x}" x2="{x}" y1="{top}" y2="{foot}"/>'


def polyline(spots: Sequence[Spot], css: str = "") -> str:
    name = f'class="{css}" ' if css else ""
    return f'<polyline {name}points="{path(spots)}"/>'


def path(spots: Sequence[Spot]) -> str:
    return " ".join(f"{length(x)},{length(y)}" for x, y in spots)
