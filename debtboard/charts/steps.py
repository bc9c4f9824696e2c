"""The steps of a change, one below another: each begins where the one above it ended. The figures stand beside."""

from django.utils.safestring import SafeString

from debtboard.charts.svg import ornament, rect, share, upright

HEIGHT = "12"
FOOT = "32"
"""Down to the next row, so that the eye follows the steps."""
THIN = 0.4
"""Share of the axis in percent under which a step is a line."""


def step_bar(start: float | None, end: float | None, axis: tuple[int, int]) -> SafeString:
    """From where to where a part moved the value; a line where it did not. Rising is bad."""
    if start is None or end is None:
        return ornament("")
    first, last = (_at(value, axis) for value in (start, end))
    if abs(last - first) < THIN:
        body = upright("l-axis", share(last), "0", HEIGHT)
    else:
        paint = 'class="s-bad"' if last > first else 'class="s-good"'
        body = rect(paint, share(min(first, last)), share(abs(last - first)), HEIGHT)
    return ornament(body + upright("l-grid", share(last), HEIGHT, FOOT), css="db-bar")


def stand(value: float | None, axis: tuple[int, int]) -> SafeString:
    """Where the value stands before the first step, or after the last."""
    if value is None:
        return ornament("")
    return ornament(upright("s-val", share(_at(value, axis)), "0", HEIGHT), css="db-bar")


def _at(value: float, axis: tuple[int, int]) -> float:
    return 100 * (value - axis[0]) / (axis[1] - axis[0])
