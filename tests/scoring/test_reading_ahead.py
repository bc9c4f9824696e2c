"""What is read while the caller is at work: the same in the same order, errors and stops included."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from scoring.reading import Turns
from scoring.reading_ahead import Progress, made_ahead
from scoring.sandbox import Sandbox
from scoring.sources.git import GitRepository
from scoring.sources.stores import MemoryFactStore
from scoring.survey import Survey
from tests.scoring.sources.git_lab import DAY, Lab

MONDAY = int(datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp())
KEYS = [("a", "python", 1), ("b", "python", 1), ("c", "python", 1)]


def test_made_ahead_raises_what_making_raised_after_what_was_made() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("no more")

    told = made_ahead(items())
    assert next(told) == 1
    with pytest.raises(ValueError, match="no more"):
        next(told)


def test_made_ahead_makes_no_more_once_closed() -> None:
    before = threading.active_count()

    def endless() -> Iterator[int]:
        for number in count():
            yield number
            time.sleep(0.001)

    told = made_ahead(endless())
    assert next(told) == 0
    told.close()
    assert threading.active_count() == before


def test_made_ahead_gives_all_in_order() -> None:
    assert list(made_ahead(iter(range(200)))) == list(range(200))


def test_a_key_is_taken_once_and_again_only_where_it_was_not_read() -> None:
    turns = Turns()
    assert turns.take(KEYS[:2]) == KEYS[:2]
    assert turns.take(KEYS) == KEYS[2:]
    turns.end(KEYS[:2], KEYS[:1])
    turns.end(KEYS[2:], KEYS[2:])
    assert turns.take(KEYS) == KEYS[1:2]
    turns.end(KEYS[1:2], KEYS[1:2])
    assert turns.take(KEYS) == []


def test_a_thread_waits_for_what_another_reads() -> None:
    turns = Turns()
    assert turns.take(KEYS) == KEYS
    waited: list[list[object]] = []
    thread = threading.Thread(target=lambda: waited.append(list(turns.take(KEYS))))
    thread.start()
    thread.join(0.05)
    assert waited == []
    turns.end(KEYS, KEYS)
    thread.join(10)
    assert waited == [[]]


def test_weeks_are_handed_over_by_several_readers_as_by_one(tmp_path: Path) -> None:
    lab = Lab(tmp_path / "r")
    commits: list[str] = []
    for week in range(6):
        files = {f"part_{number}.py": f"x = {week * number}\n" for number in range(week + 1)}
        commits.append(lab.commit(lab.files(files), tuple(commits[-1:]), time=MONDAY + 7 * week * DAY))
    lab.point(commits[-1])
    found = []
    for workers in (1, 2):
        seen: list[Progress] = []
        with GitRepository(lab.path) as repository, Sandbox(workers) as sandbox:
            survey = Survey(repository, MemoryFactStore(), sandbox)
            moments = survey.moments(commits[-1], datetime(2026, 4, 7, tzinfo=UTC), 30)
            told = [
                (moment.week, [entry.path for entry in survey.component(moment).files])
                for moment in survey.weeks(moments, seen.append)
            ]
            found.append((told, seen, survey.parsed))
    assert found[0] == found[1]
    assert len(found[0][0]) == len(moments)
