"""A past week says from today's head what a scan of its own commit says."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from scoring.analyses.history import HistoryIndex
from scoring.analyses.history_places import HistoryPlaces
from scoring.sources.git import CommitLog, GitRepository, LoggedCommit
from scoring.sources.git_log import line_of
from tests.scoring.analyses.story import NOW, Story
from tests.scoring.sources.git_lab import DAY, START, Lab


def wild_history(seed: int) -> Story:
    """Branches, merges, a second root, renames, several names of one person, odd dates."""
    generator = random.Random(seed)
    story = Story()
    people = ["ann", "bob", "cat", "dan", "eve", "fay"]
    tips: list[str] = []
    paths = [f"{folder}/{number}.py" for folder in "abc" for number in range(6)]
    for number in range(150):
        if number == 0 or number == 40:
            parents: tuple[str, ...] = ()
        elif len(tips) > 1 and generator.random() < 0.2:
            parents = tuple(generator.sample(tips, 2))
        else:
            parents = (generator.choice(tips[-2:]),)
        author = generator.choice(people)
        changes = [
            f"{generator.choice('AMMMMD')} {path}" for path in generator.sample(paths, generator.choice((1, 1, 2, 5)))
        ]
        if generator.random() < 0.15:
            changes.append(f"R {generator.choice(paths)} {generator.choice(paths)}")
        when = None if generator.random() < 0.03 else 800 - 5 * number + generator.uniform(-20, 20)
        name = story.add(when, author, *(changes if len(parents) < 2 else ()), parents=parents)
        if generator.random() < 0.1:  # the same person under another name: only from here on they are known to be one
            last = story.commits[-1]
            story.commits[-1] = LoggedCommit(
                last.id,
                "",
                last.parents,
                last.authored,
                last.committed,
                f"alias {author}",
                last.email,
                "remove x",
                last.changes,
            )
        tips = [*[tip for tip in tips if tip not in parents or generator.random() < 0.3], name][-4:]
    return story


def ancestors(commits: list[LoggedCommit], head: str) -> tuple[LoggedCommit, ...]:
    by_name = {commit.id: commit for commit in commits}
    found: dict[str, LoggedCommit] = {}
    stack = [head]
    while stack:
        name = stack.pop()
        if name not in found:
            found[name] = by_name[name]
            stack.extend(by_name[name].parents)
    return tuple(found.values())


@pytest.mark.parametrize("seed", range(8))
def test_past_week_equals_a_scan_of_its_own_commit(seed: int) -> None:
    story = wild_history(seed)
    paths = tuple(sorted({change.path for commit in story.commits for change in commit.changes}))
    places = HistoryPlaces(
        files=paths,
        ml=paths[::2],
        lines={path: 10 + number for number, path in enumerate(paths[::2])},
        research=paths[::3],
        production=paths[1::3],
        entry_points=paths[::4],
        models=("a", "b"),
        readme=paths[0],
    )
    mailmap, ignored = b"Fay <fay@example.org> <eve@example.org>\n", story.commits[17].id.encode()
    head = story.commits[-1].id
    index = HistoryIndex.build(CommitLog(tuple(story.commits)), head)
    line, name = [], head
    while True:
        line.append(name)
        parents = next(commit for commit in story.commits if commit.id == name).parents
        if not parents:
            break
        name = parents[0]
    assert len(line) > 10
    for name in line[:: max(1, len(line) // 12)]:
        fresh = HistoryIndex.build(CommitLog(ancestors(story.commits, name)), name)
        for days in (0, 400):
            as_of = NOW - timedelta(days=days)
            for rules in ({}, {"mailmap": mailmap, "ignored": ignored}):
                assert index.at(name, as_of, places, **rules) == fresh.at(name, as_of, places, **rules)


@pytest.mark.parametrize("prefix", ["", "a/"])
@pytest.mark.parametrize("seed", range(4))
def test_answer_does_not_depend_on_the_weeks_asked_before(seed: int, prefix: str) -> None:
    story = wild_history(seed)
    head = story.commits[-1].id
    log = CommitLog(tuple(story.commits))
    inside = sorted(
        {change.path.removeprefix(prefix) for commit in log for change in commit.changes if prefix in change.path}
    )
    index = HistoryIndex.build(log, head, prefix=prefix)
    line = [stamp.id for stamp in line_of(log, head)]
    generator = random.Random(seed)
    place = days = 0
    for _ in range(40):
        place = min(len(line) - 1, max(0, place + generator.choice((0, 0, 1, 1, 2, -3))))
        days = max(0, days + generator.choice((7, 7, 7, 90, -30)))
        paths = tuple(path for path in inside if generator.random() < 0.8)
        places = HistoryPlaces(
            files=paths,
            ml=paths[:12],
            lines={path: len(path) + number for number, path in enumerate(paths[:12])},
            research=paths[: generator.choice((3, 4))],
            production=paths[4:],
            entry_points=paths[::4],
            models=("a", "b") if generator.random() < 0.5 else ("a",),
            readme=paths[0],
        )
        asked = {"ignored": log.commits[generator.choice((9, 30))].id.encode()} if days % 3 else {}
        for moment in (NOW - timedelta(days=days), NOW - timedelta(days=days + 7)):
            alone = HistoryIndex.build(log, head, prefix=prefix).at(line[place], moment, places, **asked)
            assert index.at(line[place], moment, places, **asked) == alone


def test_git_and_index_agree_on_a_real_repository(tmp_path: Path) -> None:
    lab = Lab(tmp_path / "r.git")
    first = lab.commit(lab.files({"a.py": "1\n", "b.py": "keep\n"}), time=START - 30 * DAY)
    side = lab.commit(
        lab.files({"a.py": "2\n", "b.py": "keep\n"}), (first,), author="Bob <bob@example.org>", time=START - 20 * DAY
    )
    main = lab.commit(lab.files({"a.py": "1\n", "c.py": "keep\n"}), (first,), time=START - 10 * DAY)
    merged = lab.point(lab.commit(lab.files({"a.py": "2\n", "c.py": "keep\n"}), (main, side), time=START))
    places = HistoryPlaces(files=("a.py", "c.py"))
    with GitRepository(lab.path) as repository:
        index = HistoryIndex.build(repository.log(merged), merged)
        facts, before = index.at(merged, NOW, places), index.at(main, NOW, places)
        assert before == HistoryIndex.build(repository.log(main), main).at(main, NOW, places)
    assert (facts.commits, facts.authors_12m, dict(facts.churn_12m)) == (4, 2, {"a.py": 2, "c.py": 2})
    assert (before.commits, before.authors_12m, dict(before.churn_12m)) == (2, 1, {"a.py": 1, "c.py": 2})
