"""How carefully changes come to the main line: reviews, repairs of configuration, additions that touch many files.

Over the commits of a year that count (catalogue 2.4). A commit is untraced where it stands on the first-parent line
itself and neither its subject nor a trailer names a review; what came through a merge had somebody who merged it.
"""

from collections.abc import Sequence
from statistics import median

import msgspec

from scoring.analyses.history_timeline import DAY, Timeline, Work

REPAIRED_WITHIN_DAYS = 3
MIN_ADDITIONS = 5
"""Fewer commits that add something to ML folders have no median worth the name."""


class Care(msgspec.Struct, frozen=True):
    untraced: int = 0
    config_commits: int = 0
    config_untraced: int = 0
    config_repairs: int = 0
    addition_files: float | None = None
    additions: int = 0


def care_of(timeline: Timeline, year: Sequence[int], ml: frozenset[int]) -> Care:
    """`year`: places of the commits by time; `ml`: the numbers of the machine-learning files."""
    works = [(place, timeline.work(place)) for place in year]
    touched = [
        len(timeline.touched[place])
        for place, work in works
        if work.adding and not ml.isdisjoint(timeline.touched[place])
    ]
    configs = [(place, work) for place, work in works if work.configs]
    return Care(
        untraced=sum([work.untraced for _, work in works]),
        config_commits=len(configs),
        config_untraced=sum([work.untraced for _, work in configs]),
        config_repairs=_repairs(timeline, configs),
        addition_files=float(median(touched)) if len(touched) >= MIN_ADDITIONS else None,
        additions=len(touched),
    )


def _repairs(timeline: Timeline, configs: Sequence[tuple[int, Work]]) -> int:
    """Commits that change configuration alone and say that they repair, or follow another change of one of their files
    within three days."""
    last: dict[int, int] = {}
    count = 0
    for place, work in configs:
        time = timeline.times[place] or 0
        before = max((last[number] for number in work.configs if number in last), default=None)
        soon = before is not None and time - before <= REPAIRED_WITHIN_DAYS * DAY
        count += work.only_configs and (work.repairing or soon)
        last.update(dict.fromkeys(work.configs, time))
    return count
