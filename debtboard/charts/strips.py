"""The 28 cells of the ML Test Score (four strips of seven), severity pips, and the small marks."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from debtboard.charts.svg import HATCH, instead, length, ornament, picture, rect

STEP, CELL, TALL = 44, "40", "24"
SAID = {
    "automated": "automated",
    "manual": "by hand",
    "implemented_never_seen_running": "implemented, never seen running",
    "unknown": "unknown",
    "absent": "absent",
    "not_applicable": "does not apply",
}
PIPS = ((0.5, 7.1, 3.9), (4.7, 4.7, 6.3), (8.9, 2.3, 8.7), (13.1, -0.1, 11.1))
SEVERITIES = ("low", "medium", "high", "critical")


def strip(name: str, states: Sequence[str]) -> SafeString:
    """Seven cells: full, half, dot (never seen running), hatch (unknown), empty (absent)."""
    body = "".join(_cell(index * STEP + 1, state) for index, state in enumerate(states))
    told = ", ".join(f"{states.count(state)} {words}" for state, words in SAID.items() if state in states)
    return picture(body, f"{name}: {told}", "db-strip", "0 0 308 26")


def _cell(x: int, state: str) -> str:
    edge = rect('class="c-edge"', str(x), CELL, TALL, "1")
    if state == "automated":
        return rect('class="c-auto"', str(x), CELL, TALL, "1")
    if state == "manual":
        return rect('class="c-half c-have"', str(x), CELL, "12", "13") + edge
    if state == "implemented_never_seen_running":
        dot = f'<path class="c-have" d="M{x + 13} 13h14"/><circle class="c-auto" cx="{x + 20}" cy="13" r="3.4"/>'
        return dot + edge
    if state == "not_applicable":
        return f'{edge}<path class="c-edge" d="M{x + 12} 13h16"/>'
    return edge if state == "absent" else rect(HATCH, str(x), CELL, TALL, "1") + edge


def severity(word: str | None) -> SafeString:
    """1 to 4 rising pips and the word; colour never carries it alone."""
    if word not in SEVERITIES:
        return instead("none open")
    return format_html('<span class="db-sev">{}{}</span>', _PIPS[SEVERITIES.index(word) + 1], word)


def _pips(rank: int) -> SafeString:
    bars = "".join(
        rect(f'class="{"p-on" if index < rank else "p-off"}"', length(x), "2.8", length(tall), length(y))
        for index, (x, y, tall) in enumerate(PIPS)
    )
    return ornament(bars, "0 0 17 12")


_PIPS = {rank: _pips(rank) for rank in range(1, 5)}

_MARKS = {
    "compounding": ("db-mk-comp", '<path class="f-bad" d="M0 10V7h3V5h3V3h3V0h3v10z"/>'),
    "blind": ("db-mk-blind", rect(HATCH, "", "12", "10") + rect('class="s-unseen-e"', ".5", "11", "9", ".5")),
    "stale": ("db-mk-stale", '<circle class="s-waived" cx="6" cy="5" r="4.3"/>'),
    "failed": ("db-mk-comp", '<path class="l-bad" d="M1.5 .5l9 9M10.5 .5l-9 9"/>'),
    "running": ("", '<path class="f-ink2" d="M1 4h6V1l5 4-5 4V6H1z"/>'),
    "waived": ("", rect('class="s-waived"', ".5", "11", "9", ".5")),
}


def mark(kind: str, words: str) -> SafeString:
    """A small labelled sign: compounding, blind, stale, failed, running, waived."""
    css, drawing = _MARKS[kind]
    return format_html('<span class="db-mk {}">{}{}</span>', css, ornament(drawing, "0 0 12 10"), words)
