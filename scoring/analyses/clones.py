"""Code that occurs in two places or more, from the windows of tokens that the reader fingerprints (duplicate-code).

A window begins at a statement and covers the lines of its tokens; the reader keeps some windows of each file, the
same ones of the same code. A digest that occurs in two files, or twice in one without overlap, marks the lines of each
of its windows as copied, and so is what lies between two neighbours where both stand together again elsewhere.
A module that stands twice is a copy like any other: who changes one line of it has paid nothing. Identical notebooks
count once, and so does a cell that several notebooks hold in the same words. What stands in a function
or class that is marked as a copy which a tool keeps equal is a copy by design: it is counted apart.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import NamedTuple

from scoring.analyses.memo import Latest, Memo
from scoring.analyses.view import PythonFile, View
from scoring.facts import Fingerprint

Ranges = Mapping[str, tuple[tuple[int, int], ...]]


class Region(NamedTuple):
    """Consecutive copied lines of one file, and where their first window stands first."""

    file: PythonFile
    line: int
    end_line: int
    digest: int
    twin: PythonFile
    twin_line: int

    @property
    def whole(self) -> bool:
        """Whether the two files hold the same, byte for byte."""
        return self.file.entry.blob == self.twin.entry.blob and self.file is not self.twin

    @property
    def lines(self) -> int:
        """Those that are equal: without fields, options and docstrings between them, which are not compared."""
        return self.end_line - self.line + 1 - self.left_out

    @property
    def left_out(self) -> int:
        return sum(until - line + 1 for line, until in _declared(self.file, self.line, self.end_line))

    @property
    def code_lines(self) -> int:
        """Those of them that are code, as the lines are that a share of the code is taken of."""
        return code_between(self.file, self.line, self.end_line)


def _declared(file: PythonFile, first: int, last: int) -> Iterator[tuple[int, int]]:
    """First and last lines of the fields, options and docstrings among first..last."""
    ranges = file.facts.declared
    begin, end = bisect_left(ranges, (first, 0)), bisect_left(ranges, (last + 1, 0))
    return ((line, min(until, last)) for line, until in ranges[begin:end])


def code_between(file: PythonFile, first: int, last: int) -> int:
    """Lines of code among first..last, without those that are not compared: a docstring or a comment makes no copy
    larger."""
    declared = sum(_bits(file.facts.coded, *lines) for lines in _declared(file, first, last))
    return _bits(file.facts.coded, first, last) - declared


def _bits(coded: bytes, first: int, last: int) -> int:
    held = int.from_bytes(coded[(first - 1) // 8 : (last + 7) // 8], "little")
    return (held >> (first - 1) % 8 & (1 << (last - first + 1)) - 1).bit_count()


class Clones(NamedTuple):
    files: int
    code_lines: int
    copied_lines: int
    kept_lines: int
    """Lines of functions and classes that a tool keeps equal to another: copies by design, not among the copied."""
    regions: tuple[Region, ...]
    """Every region but the first place of each, by path and line."""


class _Run(NamedTuple):
    """Neighbouring windows of one file that are all copied, from `line` to `end_line`."""

    line: int
    end_line: int
    windows: tuple[Fingerprint, ...]


class _Digests(NamedTuple):
    """Of one file: each window's digest, once unless its windows stand apart; and all of them as a set."""

    counted: tuple[int, ...]
    all: frozenset[int]


def _digests(windows: Iterable[Fingerprint]) -> _Digests:
    last: dict[int, int] = {}
    counted: list[int] = []
    for window in windows:
        if last.get(window.digest, 0) < window.line:
            counted.append(window.digest)
            last[window.digest] = window.end_line
    return _Digests(tuple(counted), frozenset(counted))


def _cells(file: PythonFile) -> tuple[int, ...]:
    """First lines of a notebook's cells, none of a module."""
    notebook = file.facts.notebook
    return tuple(cell.start for cell in notebook.cells if cell.start > 0) if notebook else ()


_cells_of = Memo(_cells)


def _inside_cells(file: PythonFile) -> tuple[Fingerprint, ...]:
    """The windows that reach over no cell's border: what stands in two cells is no piece of code."""
    starts = _cells_of(file)
    if not starts:
        return file.facts.fingerprints
    return tuple(
        item
        for item in file.facts.fingerprints
        if bisect_right(starts, item.line) == bisect_right(starts, item.end_line)
    )


_own_windows = Memo(_inside_cells)


_digests_of: Memo[PythonFile, _Digests] = Memo(lambda file: _digests(_own_windows(file)))


def clones_of(view: View) -> Clones:
    """What product Python holds more than once."""
    first = {file.path for file in view.product_once if file.is_notebook}
    whole = [file for file in view.product if not file.is_notebook or file.path in first]
    files = tuple([file for file in whole if file.facts.code_lines])
    return _latest_clones((files,), lambda: _clones(files))


_latest_clones: Latest[Clones] = Latest()


def _clones(files: tuple[PythonFile, ...]) -> Clones:
    kept = {file.path: outermost(file.facts.kept_copies) for file in files if file.facts.kept_copies}
    cells = _repeated_cells(files)
    left_out = {**kept, **cells}
    digests = [_digests(_windows(file, left_out)) if file.path in left_out else _digests_of(file) for file in files]
    counts = Counter(chain.from_iterable([of_file.counted for of_file in digests]))
    repeated = frozenset([digest for digest, count in counts.items() if count > 1])
    windows = {
        file.path: (file, _windows(file, left_out))
        for file in files
        if file.facts.fingerprints and not repeated.isdisjoint(_digests_of(file).all)
    }
    together = _together(windows.values(), repeated)
    first = _first_places(windows.values(), repeated)
    copied, regions = 0, []
    for file, own in windows.values():
        runs = list(_runs(own, repeated, together, _cells_of(file)))
        copied += _covered(file, runs)
        regions += [region for run in runs for region in _regions(file, run, first)]
    again = sum(_bits(file.facts.coded, *lines) for file in files for lines in cells.get(file.path, ()))
    lines = sum(file.facts.code_lines for file in files) - again
    return Clones(len(files), max(lines, copied), copied, _lines(kept), tuple(regions))


def outermost(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Without those that lie in another: a marked method of a marked class counts once."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if not found or first > found[-1][1]:
            found.append((first, last))
    return tuple(found)


def _repeated_cells(files: Iterable[PythonFile]) -> Ranges:
    """path -> line ranges of notebook cells that an earlier notebook holds in the same words."""
    seen: set[str] = set()
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for file in files:
        notebook = file.facts.notebook
        if notebook is None:
            continue
        cells = [cell for cell in notebook.cells if cell.kind == "code" and cell.start > 0 and cell.lines]
        ranges = tuple((cell.start, cell.start + cell.lines - 1) for cell in cells if cell.digest in seen)
        if ranges:
            found[file.path] = ranges
        seen.update(cell.digest for cell in cells)
    return found


def _lines(ranges: Ranges) -> int:
    return sum(last - first + 1 for of_file in ranges.values() for first, last in of_file)


def _windows(file: PythonFile, left_out: Ranges) -> tuple[Fingerprint, ...]:
    ranges = left_out.get(file.path)
    if ranges is None:
        return _own_windows(file)
    return tuple(
        window for window in _own_windows(file) if not any(first <= window.line <= last for first, last in ranges)
    )


def _together(
    files: Iterable[tuple[PythonFile, tuple[Fingerprint, ...]]], repeated: frozenset[int]
) -> frozenset[tuple[int, int]]:
    """Pairs of neighbouring windows that occur twice or more as neighbours."""
    pairs = Counter(
        (one.digest, other.digest)
        for _, windows in files
        for one, other in pairwise(windows)
        if one.digest in repeated and other.digest in repeated
    )
    return frozenset(pair for pair, count in pairs.items() if count > 1)


def _first_places(
    files: Iterable[tuple[PythonFile, tuple[Fingerprint, ...]]], repeated: frozenset[int]
) -> dict[int, tuple[PythonFile, Fingerprint]]:
    first: dict[int, tuple[PythonFile, Fingerprint]] = {}
    for file, windows in files:
        for window in windows:
            if window.digest in repeated and window.digest not in first:
                first[window.digest] = (file, window)
    return first


def _runs(
    windows: tuple[Fingerprint, ...],
    repeated: frozenset[int],
    together: frozenset[tuple[int, int]],
    cells: tuple[int, ...],
) -> Iterator[_Run]:
    """Windows come in the order of their lines; a copied one joins its neighbour if both touch or recur together, and
    no cell of a notebook begins between them."""
    run: list[Fingerprint] = []
    end = 0
    before = 0
    for window in windows:
        if window.digest in repeated:
            joins = window.line <= end + 1 or (before, window.digest) in together
            if run and not (joins and bisect_right(cells, end) == bisect_right(cells, window.line)):
                yield _Run(run[0].line, end, tuple(run))
                run, end = [], 0
            run.append(window)
            end = max(end, window.end_line)
        before = window.digest
    if run:
        yield _Run(run[0].line, end, tuple(run))


def _covered(file: PythonFile, runs: Iterable[_Run]) -> int:
    """Lines of code that the runs cover, each once."""
    total = until = 0
    for run in runs:
        if run.end_line > until:
            first = max(run.line, until + 1)
            total += code_between(file, first, run.end_line)
            until = run.end_line
    return total


def _regions(file: PythonFile, run: _Run, first: Mapping[int, tuple[PythonFile, Fingerprint]]) -> Iterator[Region]:
    """The parts of a run that repeat one other place each; windows that stand here first are no repetition."""
    region: Region | None = None
    for window in run.windows:
        twin, place = first[window.digest]
        if twin is file and window.line <= place.end_line:
            continue
        if region is not None and twin is region.twin:
            region = region._replace(end_line=max(window.end_line, region.end_line))
            continue
        if region is not None:
            yield region
        region = Region(file, window.line, window.end_line, window.digest, twin, place.line)
    if region is not None:
        yield region
