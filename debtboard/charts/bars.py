"""The segment bar, and the smaller bars of the same family: every length is an attribute, so a strict CSP holds.

Drawn left to right bad, unseen, good, on one axis from 0 (good) to 100 (bad), so that the left edge of the hatch is
best, its right edge worst, and the value a tick that always falls inside the hatch.
"""

from django.utils.safestring import SafeString

from debtboard.charts.svg import HATCH, instead, length, ornament, picture, rect, share, upright
from debtboard.domain.queries.measures import Bar, Points
from debtboard.domain.queries.wording import half, number, percent

RUBRIC_TOP = 7
ROOM = 8
"""Points between two labels of a large bar, under which the middle one is left out, and the outer ones are one."""


def spoken(bar: Bar) -> str:
    """What a screen reader hears: the three shares and the three numbers."""
    if not bar.drawn:
        return "Does not apply."
    unseen, good = number(100 * (bar.unseen or 0)), number(100 * (bar.good or 0))
    shares = f"Bad {number(bar.best)}, unseen {unseen}, good {good} of 100."
    if bar.value is None:
        return f"{shares} Not enough evidence for a value; between {number(bar.best)} and {number(bar.worst)}."
    return f"{shares} Value {number(bar.value)}, between {number(bar.best)} and {number(bar.worst)}."


def segment_bar(bar: Bar, small: bool = False) -> SafeString:
    """The bar itself; words where the measure does not apply."""
    if not bar.drawn:
        return instead("does not apply")
    body = _segments(bar, "", "100%")
    if bar.value is not None:
        at = share(bar.value)
        body += upright("s-val-halo", at, "-2", "130%") + upright("s-val", at, "-3", "130%")
    return picture(body, spoken(bar), "db-bar db-bar-s" if small else "db-bar")


def large_bar(bar: Bar) -> SafeString:
    """The bar of an opened score, with its three numbers written at their places."""
    if not bar.drawn:
        return instead("does not apply")
    best, worst = bar.best or 0.0, bar.worst or 0.0
    body = _segments(bar, "20", "16")
    body += _ends(best, worst)
    if bar.value is not None:
        at = share(bar.value)
        body += upright("s-val-halo", at, "19", "41") + upright("s-val", at, "16", "42")
        if best + ROOM < bar.value < worst - ROOM:
            body += f'<text class="t t-b" x="{at}" y="12" text-anchor="middle">{number(bar.value)}</text>'
    return picture(body, spoken(bar), "db-bar db-bar-l")


def score_bar(points: Points) -> SafeString:
    """The ML Test Score as a bar of seven: what is had, what may be had, what is absent."""
    if points.best is None:
        return instead("does not apply")
    value, best = points.value or 0.0, points.best
    had, may = 100 * value / RUBRIC_TOP, 100 * (best - value) / RUBRIC_TOP
    body = rect('class="s-frame"', "", "100%") + rect('class="c-auto"', "", share(had)) + _hatch(had, may, "", "100%")
    return picture(body, f"{half(value)} of 7, up to {half(best)}", "db-bar db-bar-s")


def share_bar(seen: float) -> SafeString:
    """How much of a source was read: ink for the seen, hatch for the rest."""
    width = 100 * seen
    body = rect('class="s-frame"', "", "100%") + rect('class="f-ink2"', "", share(width))
    if width < 100:
        body += rect(HATCH, share(width), share(100 - width))
    return picture(body, f"{percent(seen)} seen", "db-bar db-bar-s")


def coverage_rule(seen: float) -> SafeString:
    """Ruler ticks as far as the page was seen, hatch for the rest."""
    width = round(100 * seen)
    ticks = "".join(upright("l-axis", f"{at}%", "4" if at % 10 else "0", "8") for at in range(0, width + 1, 2))
    body = f'{ticks}<line class="s-frame" y1="9" y2="9" x2="{width}%"/>'
    if width < 100:
        body += _hatch(width, 100 - width, "", "10")
    return picture(body, f"{percent(seen)} of the evidence this page needs was seen")


def waived_bar(points: float) -> SafeString:
    """The waived share, outlined beside the bar, 2.2 units wide a point."""
    body = f'<rect class="s-waived" x=".5" y=".5" width="{length(max(2.0, min(21.0, points * 2.2)))}" height="11"/>'
    return picture(body, f"{number(points)} points of it waived", "db-bar db-bar-w", "0 0 22 12")


def hatch_foot(unseen: float) -> SafeString:
    """The unseen share along the foot of a heat cell."""
    return ornament(rect(HATCH, "", share(100 * unseen)))


def _segments(bar: Bar, y: str, height: str) -> str:
    bad, unseen, good = (100 * (part or 0.0) for part in (bar.bad, bar.unseen, bar.good))
    body = rect('class="s-good"', share(100 - good), share(good), height, y) if good > 0 else ""
    body += _hatch(bad, unseen, y, height) if unseen > 0 else ""
    return body + (rect('class="s-bad"', "", share(bad), height, y) if bad > 0 else "")


def _hatch(start: float, width: float, y: str, height: str) -> str:
    place = share(start), share(width), height, y
    return rect(HATCH, *place) + rect('class="s-unseen-e"', *place)


def _ends(best: float, worst: float) -> str:
    """Best and worst at their places; as one label where two would stand in each other's way."""
    if worst - best >= ROOM:
        return _label(best, f"best {number(best)}", "end" if best > ROOM else "start") + _label(
            worst, f"worst {number(worst)}", "start" if worst < 100 - ROOM else "end"
        )
    same = number(best) == number(worst)
    text = f"best and worst {number(best)}" if same else f"best {number(best)}, worst {number(worst)}"
    return _label(best, text, "start") if best < 50 else _label(worst, text, "end")


def _label(at: float, text: str, anchor: str) -> str:
    return f'<text class="t" x="{share(at)}" y="14" text-anchor="{anchor}">{text}</text>'
