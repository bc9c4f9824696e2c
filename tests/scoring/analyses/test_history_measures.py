"""Authorship, coupling and kinds of commits, against figures computed by hand."""

import math

import pytest

from scoring.analyses.authorship import authors, truck_factor
from scoring.analyses.coupling import coupled
from scoring.analyses.history_kinds import adds, is_config, removes, repairs, serves, was_reviewed
from scoring.analyses.history_knowledge import hot_files
from scoring.sources.git import Change


def change(status: str, path: str) -> Change:
    return Change(status, path, path, "", "")


# ---------------------------------------------------------------- degree of authorship and truck factor


def test_creator_alone_is_the_author() -> None:
    assert authors({}, 7) == (7,)
    assert authors({7: 12}, None) == (7,)


def test_file_without_changes_has_no_author() -> None:
    assert authors({}, None) == ()


def test_authors_by_hand() -> None:
    # 1 created it and changed it 3 times, 2 changed it 5 times, 3 once:
    # DOA(1) = 3.293 + 1.098 + 0.492 - 0.321 ln 7  = 4.258
    # DOA(2) = 3.293 + 0.820 - 0.321 ln 5          = 3.596   0.845 of the top
    # DOA(3) = 3.293 + 0.164 - 0.321 ln 9          = 2.752   below 3.293
    assert 3.293 + 0.82 - 0.321 * math.log(5) == pytest.approx(3.596, abs=5e-4)
    assert authors({1: 3, 2: 5, 3: 1}, 1) == (1, 2)


def test_share_of_the_top_is_strict() -> None:
    # 1 created it and changed it 20 times: 7.671 - 0.321 ln 3 = 7.318; 2 changed it twice: 3.621 - 0.321 ln 21 = 2.644
    assert authors({1: 20, 2: 2}, 1) == (1,)


def test_truck_factor_by_hand() -> None:
    # ten files: 1 alone wrote five, 2 alone three, 3 alone one, 4 with 3 one. Without 1 half of them still stand (5 of
    # 10: not under .5), without 1 and 2 two of ten
    files = [(1,)] * 5 + [(2,)] * 3 + [(3,), (3, 4)]
    assert truck_factor(files, {}) == 2


def test_truck_factor_drops_minor_developers() -> None:
    # 1 wrote 100 files, half of them with 2..12 who wrote a few each: it takes minor people to fall under a half
    files = [(1, 2 + number % 11) for number in range(100)]
    assert truck_factor(files, {}) == sum(1 for count in (100, 10, 9, 9, 9, 9, 9) if count >= 10)


def test_truck_factor_tie_goes_to_the_one_with_more_changes() -> None:
    files = [(1,), (1,), (2,), (2,), (2, 3), (1, 3)]
    assert truck_factor(files, {1: 3, 2: 9}) == truck_factor(files, {1: 9, 2: 3}) == 2


def test_truck_factor_of_nothing_is_zero() -> None:
    assert truck_factor([], {}) == 0


# ---------------------------------------------------------------- coupling


def test_coupling_by_hand() -> None:
    # a: 10 commits, b with it in 5 of its 6, c in 5 of its 40, d in 4
    commits = [("a", "b")] * 5 + [("a", "c")] * 5 + [("b",)] + [("c",)] * 35 + [("d", "a")] * 0
    numbers = {"a": 0, "b": 1, "c": 2}
    touched = [tuple(sorted(numbers[name] for name in names)) for names in commits]
    revisions = {number: [place for place, names in enumerate(touched) if number in names] for number in range(3)}
    degree, pairs, population = coupled(
        [("a", 0), ("b", 1)], revisions.__getitem__, touched.__getitem__, {0: "a", 1: "b", 2: "c"}
    )
    assert (degree, population) == (1.0, 2)
    assert pairs == (("a", "b", 5 / 8),)


def test_coupling_needs_five_revisions_and_five_shared() -> None:
    touched = [(0, 1)] * 4
    assert coupled([("a", 0)], lambda number: [0, 1, 2, 3], touched.__getitem__, {0: "a", 1: "b"}) == (None, (), 0)
    touched = [(0, 1)] * 4 + [(0,)] * 2
    revisions = {0: [0, 1, 2, 3, 4, 5], 1: [0, 1, 2, 3]}
    assert coupled([("a", 0)], revisions.__getitem__, touched.__getitem__, {0: "a", 1: "b"}) == (0.0, (), 1)


def test_coupling_with_a_file_that_is_gone_is_left_out() -> None:
    touched = [(0, 1)] * 6
    revisions = {0: list(range(6)), 1: list(range(6))}
    assert coupled([("a", 0)], revisions.__getitem__, touched.__getitem__, {0: "a"}) == (0.0, (), 1)


# ---------------------------------------------------------------- hotspots


def test_hot_files_need_a_population_and_a_revision() -> None:
    assert hot_files({"a": 9}, {"a": 1, "b": 1}) == ()
    assert hot_files({}, dict.fromkeys("abcdefghij", 5)) == ()


def test_hot_files_are_the_top_decile_by_both_ranks() -> None:
    lines = {f"f{number:02d}": 10 * number for number in range(1, 21)}
    revisions = {"f20": 2, "f19": 9, "f01": 30}
    # revisions rank f01 1.0, f19 .95, f20 .9; lines f20 1.0, f19 .95, f01 .05: products f19 .9025, f20 .9, f01 .05
    assert hot_files(revisions, lines) == ("f19", "f20")


# ---------------------------------------------------------------- kinds of commits


@pytest.mark.parametrize(
    ("subject", "paths", "serving", "removing"),
    [
        ("refactor: split trainer", ["a.py"], True, False),
        ("Refactor the loader", ["a.py"], True, False),
        ("docs(api): explain", ["a.py"], True, False),
        ("Add unit tests for the loader", ["a.py"], True, False),
        ("cleanup", ["a.py"], True, False),
        ("Clean up imports", ["a.py"], True, False),
        ("Remove the old model", ["a.py"], True, True),
        ("chore: drop python 3.7", ["a.py"], True, True),
        ("update", ["tests/test_a.py", "README.md"], True, False),
        ("fix: flaky", ["tests/test_a.py"], True, False),
        ("feat: remove outliers", ["a.py"], False, True),
        ("Add a model", ["a.py"], False, False),
        ("fix crash", ["a.py"], False, False),
        ("Testimonial page", ["a.py"], False, False),
        ("Update test.py with a set", ["test.py"], False, False),
        ("force a refresh", ["scripts/test_schedule.py"], False, False),
        ("[docs] new page", ["a.py"], True, False),
        ("[Refactor] move it out", ["a.py"], True, False),
        ("[fix] remove a crash", ["a.py"], False, True),
        ("chore: bump", ["a.py"], False, False),
        ("", ["a.py"], False, False),
        ("", [], False, False),
    ],
)
def test_kind_of_a_commit(subject: str, paths: list[str], serving: bool, removing: bool) -> None:
    changes = [change("M", path) for path in paths]
    assert (serves(subject, changes), removes(subject, changes)) == (serving, removing)


def test_more_deletions_than_additions_remove() -> None:
    assert removes("x", [change("D", "a"), change("D", "b"), change("A", "c")])
    assert not removes("x", [change("D", "a"), change("A", "c")])
    assert serves("x", [change("D", "a.py")])


@pytest.mark.parametrize(
    ("subject", "reviewed", "repairing", "adding"),
    [
        ("Raise the limit", False, False, False),
        ("Address review of #12", False, False, False),
        ("Merge branch 'main' of example.org:x", False, False, False),
        ("Add a model (#12)", True, False, True),
        ("Speed it up (!7)", True, False, False),
        ("Merge pull request #3 from x/y", True, False, False),
        ("Merge branch 'a' into 'main'", True, False, False),
        ("Fix the path", False, True, False),
        ("revert: new limit", False, True, False),
        ("feat(model): dropout", False, False, True),
        ("chore: add a file", False, False, True),
        ("refactor: introduce a base class", False, False, False),
        ("Prefix the names", False, False, False),
    ],
)
def test_subject_says_what_a_commit_does(subject: str, reviewed: bool, repairing: bool, adding: bool) -> None:
    assert (was_reviewed(subject), repairs(subject), adds(subject)) == (reviewed, repairing, adding)


def test_configuration_is_the_system_s_own() -> None:
    paths = ["conf/model.yaml", "params.yaml", ".github/workflows/ci.yml", "pyproject.toml", "tests/conf.yaml", "a.py"]
    assert [path for path in paths if is_config(path)] == ["conf/model.yaml", "params.yaml"]
