"""Whether one call stands shortly below another in the same scope, told without looking at every pair."""

from bisect import bisect_left
from collections.abc import Iterable

from scoring.facts import Call, Idiom


class Below:
    """Calls by scope and line."""

    def __init__(self, calls: Iterable[Call]) -> None:
        found: dict[str, list[int]] = {}
        for call in calls:
            found.setdefault(call.scope, []).append(call.line)
        self._lines = {scope: sorted(lines) for scope, lines in found.items()}

    def follow(self, place: Call | Idiom, least: int, most: int) -> bool:
        """Whether one of them stands `least` to `most` lines below a call or idiom, in its scope."""
        lines = self._lines.get(place.scope, ())
        first = bisect_left(lines, place.line + least)
        return first < len(lines) and lines[first] <= place.line + most
