"""Copied regions as findings: those that somebody could share, all that two files have in common together."""

from typing import NamedTuple

from scoring.analyses.clones import Clones, Region, outermost
from scoring.analyses.memo import Memo
from scoring.analyses.placing import place_name
from scoring.analyses.python_file import PythonFile

MIN_LINES = 6
"""A region of fewer lines is no part of a finding; its lines count all the same."""
SHOWN = 10
"""Lines that two files have to share, all in all, to be shown: fewer count all the same, and are a call, its arguments
and a return. Of 45 findings that strict readers drew afresh when six were enough, 20 were waved away."""


class Copy(NamedTuple):
    """What one file repeats of another, or of itself: all such regions."""

    regions: tuple[Region, ...]

    @property
    def longest(self) -> Region:
        return max(self.regions, key=lambda region: (region.lines, -region.line))

    @property
    def lines(self) -> int:
        return sum(region.lines for region in self.regions)

    @property
    def is_shown(self) -> bool:
        return self.lines >= SHOWN

    @property
    def code_lines(self) -> int:
        return sum(region.code_lines for region in self.regions)


def copies_of(clones: Clones) -> tuple[Copy, ...]:
    """Regions long enough to be worth a finding, together where two files share several; by path and line."""
    pairs: dict[tuple[str, str], list[Region]] = {}
    for region in map(_of_whole_parts, clones.regions):
        if region.lines >= MIN_LINES:
            pairs.setdefault((region.file.path, region.twin.path), []).append(region)
    return tuple(Copy(tuple(regions)) for regions in pairs.values())


_outer: Memo[PythonFile, tuple[tuple[int, int], ...]] = Memo(
    lambda file: outermost([(item.line, item.end_line) for item in file.facts.functions])
)
"""Lines of its functions that lie in no other."""


def _of_whole_parts(region: Region) -> Region:
    """The region without what it takes of a function at its ends, where that is little: nobody can share the end of one
    and the beginning of the next. Of two with nothing between them the one of which more is copied."""
    crossing = [span for span in _outer(region.file) if span[0] <= region.end_line and span[1] >= region.line]
    if not crossing:
        return region
    first, last, line, end = crossing[0], crossing[-1], region.line, region.end_line
    tail = first[1] - line + 1 if first[0] < line and first[1] < end else 0
    head = end - last[0] + 1 if last[1] > end and last[0] > line else 0
    alone = tail > 0 and head > 0 and len(crossing) == 2
    if tail and (tail < MIN_LINES or (alone and tail < head)):
        line = min([span[0] for span in crossing[1:]], default=first[1] + 1)
    if head and (head < MIN_LINES or (alone and tail >= head)):
        end = max([span[1] for span in crossing[:-1]], default=last[0] - 1)
    return region._replace(line=line, end_line=end, twin_line=region.twin_line + line - region.line)


def twin_name(region: Region) -> str:
    """Where the region stands first, as people say it."""
    return place_name(region.twin, region.twin_line)


def scope_of(region: Region) -> str:
    """The innermost function in which the region begins, "" outside."""
    inside = [item for item in region.file.facts.functions if item.line <= region.line <= item.end_line]
    if not inside:
        return ""
    innermost = max(inside, key=lambda item: item.line)
    return f"{innermost.owner}.{innermost.name}".lstrip(".")
