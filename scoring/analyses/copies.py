"""Copied regions as findings: those that somebody could share, all that two files have in common together."""

from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.clones import Clones, Region, code_between, outermost
from scoring.analyses.dead import dead
from scoring.analyses.declared import place_of
from scoring.analyses.long_functions import is_going
from scoring.analyses.memo import Memo
from scoring.analyses.placing import place_name
from scoring.analyses.python_file import PythonFile
from scoring.analyses.vendored import modules_of_others
from scoring.analyses.view import View

MIN_LINES = 6
"""A region of fewer lines is no part of a finding; its lines count all the same."""
SHOWN = 15
"""Lines of code that two places have to share inside one function to be shown: what is less, stands in several small
methods, in a constructor or outside of functions counts all the same. Of 42 that were drawn when ten lines of any code
were enough, 21 were waved away: classes of one form, settings, scripts that begin alike."""
MOSTLY = 0.6
"""Of the code of a function, from which on what is equal is the function."""
_BUILD = ("setup.py", "conf.py", "noxfile.py")
"""Files that stand alone: they run before anything can be imported."""
_CONSTRUCTORS = frozenset({"__init__", "__new__", "__post_init__"})


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
    def best(self) -> Region:
        """The one to begin with: of which one function holds most."""
        return max(self.regions, key=lambda region: (region.whole, shared_lines(region), region.lines, -region.line))

    @property
    def is_shown(self) -> bool:
        """Whether somebody would share what is equal: a function, most of one, or all of a module. Notebooks, and what
        was saved of them as a script, stand each by itself."""
        region = self.best
        ends = (region.file, region.twin)
        if all(file.is_notebook or file.facts.exported for file in ends) or any(
            file.path.endswith(_BUILD) for file in ends
        ):
            return False
        if region.file.facts.is_taken(region.line) or region.twin.facts.is_taken(region.twin_line):
            return False
        return (region.file.facts.code_lines if region.whole else shared_lines(region)) >= SHOWN

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


def may_share(view: View, copy: Copy) -> bool:
    """Whether both places are of one program that lives: what is packaged or installed apart can't import the other,
    and what nothing uses is told by dec.3 or dec.4."""
    region = copy.best
    if dead(view).holds(region.file.path, region.line) or dead(view).holds(region.twin.path, region.twin_line):
        return False
    if not {region.file.path, region.twin.path}.isdisjoint(modules_of_others(view)):
        return False
    return _program(view, region.file.path) == _program(view, region.twin.path)


@lru_cache(maxsize=1)
def _places(view: View) -> frozenset[str]:
    """Folders for which a packaging file or an image speaks."""
    entries = [file.entry for file in view.packaging] + [file.entry for file in view.docker]
    return frozenset([place_of(entry.path) for entry in entries])


def _program(view: View, path: str) -> str:
    """The innermost such folder around the path; "" where there is none but the root."""
    places = _places(view)
    while path and places:
        path = path.rpartition("/")[0]
        if path in places:
            return path
    return ""


def shared_lines(region: Region) -> int:
    """Lines of code of the region that lie in one function, no constructor; of the one that holds most of them. A
    function that is equal for the most part counts whole: its ends are often not among the windows that are kept."""
    crossing = [
        item
        for item in region.file.facts.functions
        if item.line <= region.end_line and item.end_line >= region.line and item.name not in _CONSTRUCTORS
    ]
    if any(map(is_going, crossing)):
        return 0
    return max([_shared(region, item.line, item.end_line) for item in crossing], default=0)


def _shared(region: Region, first: int, last: int) -> int:
    inside = code_between(region.file, max(region.line, first), min(region.end_line, last))
    whole = code_between(region.file, first, last)
    return whole if inside >= MOSTLY * whole else inside


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
