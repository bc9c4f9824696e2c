"""Files that change together, with the defaults of code-maat (catalogue 3.6)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

MIN_REVISIONS = 5
MIN_SHARED = 5
MIN_DEGREE = 0.30
MAX_CHANGE_SET = 30
"""Commits that touch more files say nothing about which of them belong together."""
SHOWN = 50

Pair = tuple[str, str, float]


def coupled(
    files: Iterable[tuple[str, int]],
    revisions: Callable[[int], Sequence[int]],
    touched: Callable[[int], Sequence[int]],
    names: Mapping[int, str],
) -> tuple[float | None, tuple[Pair, ...], int]:
    """(median number of files coupled with each file, the strongest pairs, how many files had enough revisions).

    `files`: (path, file number) of the files asked about; `revisions`: its commits of at most MAX_CHANGE_SET files;
    `touched`: a commit's files; `names`: the paths of all files that still stand, by number.
    """
    counts: list[int] = []
    pairs: dict[tuple[str, str], float] = {}
    for path, number in files:
        own = revisions(number)
        if len(own) < MIN_REVISIONS:
            continue
        shared: dict[int, int] = {}
        for commit in own:
            for other in touched(commit):
                shared[other] = shared.get(other, 0) + 1
        count = 0
        for other, together in shared.items():
            if together < MIN_SHARED or other == number or other not in names:
                continue
            degree = together / ((len(own) + len(revisions(other))) / 2)
            if degree >= MIN_DEGREE:
                count += 1
                left, right = sorted((path, names[other]))
                pairs[left, right] = degree
        counts.append(count)
    strongest = sorted(
        ((left, right, degree) for (left, right), degree in pairs.items()), key=lambda pair: (-pair[2], pair)
    )
    return (float(median(counts)) if counts else None), tuple(strongest[:SHOWN]), len(counts)
