"""One order of the commits, and the identity of files and people through it."""

import random

import pytest

from scoring.analyses.history_order import EMPTY_BLOBS, Files, first_parent_line, ordered
from scoring.analyses.identity import Mailmap, People, is_bot
from scoring.sources.git import Change, LoggedCommit


def commit(name: str, *parents: str) -> LoggedCommit:
    return LoggedCommit(name, "", parents, 0, 0, "", "", "")


def change(status: str, path: str, old: str = "", new: str = "1" * 40) -> Change:
    return Change(status, path, old or path, "0" * 40, new)


# ---------------------------------------------------------------- order


def test_order_puts_what_was_merged_before_the_merge() -> None:
    log = [commit("m", "b", "y"), commit("b", "a"), commit("y", "x"), commit("x", "a"), commit("a")]
    order, line = ordered(log, "m")
    assert [one.id for one in order] == ["a", "b", "x", "y", "m"]
    assert line == {"a": 0, "b": 1, "m": 4}


def test_order_of_octopus_and_second_root_follows_the_parents() -> None:
    log = [commit("o", "a", "c", "r"), commit("r"), commit("c", "a"), commit("a")]
    assert [one.id for one in ordered(log, "o")[0]] == ["a", "c", "r", "o"]


def test_order_does_not_depend_on_the_logs_order_and_past_heads_are_prefixes() -> None:
    generator = random.Random(7)
    names = [f"{number:03d}" for number in range(200)]
    log = []
    for number, name in enumerate(names):
        count = min(number, generator.choice((0, 1, 1, 1, 1, 2, 3)) or (0 if number == 50 else 1))
        log.append(commit(name, *generator.sample(names[:number], count)))
    order, line = ordered(log, names[-1])
    generator.shuffle(log)
    assert ordered(log, names[-1]) == (order, line)
    for name, place in line.items():
        assert ordered(log, name)[0] == order[: place + 1]


def test_line_ends_where_the_log_does() -> None:
    assert first_parent_line({"b": commit("b", "missing")}, "b") == ["b"]
    assert ordered([commit("b", "missing")], "nowhere") == ([], {})


# ---------------------------------------------------------------- files


def test_file_keeps_its_number_through_a_rename_and_its_old_path_becomes_another() -> None:
    files = Files()
    ((first, new),) = files.apply(0, [change("A", "a")])
    assert new
    assert files.apply(1, [change("R", "b", "a")]) == [(first, False)]
    ((other, new),) = files.apply(2, [change("A", "a")])
    assert (other != first, new) == (True, True)
    assert [files.at("a", 0), files.at("b", 0), files.at("b", 1), files.at("a", 2), files.at("b", 9)] == [
        first,
        None,
        first,
        other,
        first,
    ]


def test_change_on_a_branch_that_kept_the_old_name_finds_the_file() -> None:
    files = Files()
    ((number, _),) = files.apply(0, [change("A", "a")])
    files.apply(1, [change("R", "b", "a")])
    assert files.apply(2, [change("M", "a")]) == [(number, False)]
    assert files.apply(3, [change("R", "c", "a")]) == [(number, False)]


def test_deleted_and_restored_path_is_the_same_file() -> None:
    files = Files()
    ((number, _),) = files.apply(0, [change("A", "a")])
    files.apply(1, [change("D", "a")])
    assert files.apply(2, [change("A", "a")]) == [(number, False)]


def test_two_files_that_swap_names_swap() -> None:
    files = Files()
    (first, _), (second, _) = files.apply(0, [change("A", "a"), change("A", "b")])
    assert files.apply(1, [change("R", "a", "b"), change("R", "b", "a")]) == [(second, False), (first, False)]
    assert (files.at("a", 1), files.at("b", 1)) == (second, first)


@pytest.mark.parametrize("empty", sorted(EMPTY_BLOBS))
def test_empty_file_is_not_a_renamed_other(empty: str) -> None:
    files = Files()
    ((first, _),) = files.apply(0, [change("A", "a/__init__.py", new=empty)])
    ((second, new),) = files.apply(1, [change("R", "b/__init__.py", "a/__init__.py", empty)])
    assert (second != first, new) == (True, True)


def test_rename_of_an_unknown_file_makes_a_file() -> None:
    files = Files()
    ((number, _),) = files.apply(0, [change("R", "b", "a")])
    assert files.at("b", 0) == number


# ---------------------------------------------------------------- people


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
        ("Release Bot", "x@example.org"),
        ("ci", "deploy-bot@example.org"),
        ("Renovate", "x@example.org"),
        ("github-actions", "x@example.org"),
        ("pre-commit-ci", "x@example.org"),
        ("x", "bot@example.org"),
        ("my_bot", ""),
    ],
)
def test_bots_are_known_by_whole_words(name: str, email: str) -> None:
    assert is_bot((name, email))


@pytest.mark.parametrize("name", ["Abbott", "Talbot", "Robot Smith", "Botond", "Ibotta", "abbott[x]"])
def test_people_whose_names_hold_the_letters_are_no_bots(name: str) -> None:
    assert not is_bot((name, f"{name.lower().replace(' ', '')}@example.org"))


def test_mailmap_forms_are_those_of_git() -> None:
    rules = Mailmap(
        b"# comment <no@x>\n"
        b"Proper <a@x>\n"
        b"<new@x> <b@x>\n"
        b"Cee <c@x> <C-old@x>\n"
        b"Dee <d@x> Old Dee <shared@x>\n"
        b"Eee <e@x> <shared@x>\n"
        b"broken line\n\xff <"
    )
    assert [
        rules.canonical(signature)
        for signature in [
            ("p", "A@x"),
            ("b", "b@x"),
            ("c", "c-OLD@x"),
            ("old dee", "shared@x"),
            ("z", "shared@x"),
            ("n", "n@x"),
        ]
    ] == [("Proper", "A@x"), ("b", "new@x"), ("Cee", "c@x"), ("Dee", "d@x"), ("Eee", "e@x"), ("n", "n@x")]


def test_people_join_by_email_or_name_only_once_a_commit_reveals_it() -> None:
    people = People([("Ann", "a@x"), ("B", "b@x"), ("ann ", "home@x"), ("B2", "HOME@x")], b"")
    assert [people.persons(seen) for seen in (2, 3, 4)] == [[0, 1, 2, 3], [0, 1, 0, 3], [0, 1, 0, 0]]
    assert people.persons(4) is people.persons(4)


def test_impersonal_signatures_join_nobody() -> None:
    people = People(
        [("", ""), ("", ""), ("root", "root@localhost"), ("root", "x@y"), ("unknown", "noreply@github.com")], b""
    )
    assert people.persons(5) == [0, 1, 2, 3, 4]


def test_mailmap_joins_people_and_unmasks_bots() -> None:
    people = People([("A", "a@x"), ("B", "b@x"), ("C", "c@x")], b"A <a@x> <b@x>\nci bot <c@x>\n")
    assert (people.persons(3), people.bots) == ([0, 0, 2], [False, False, True])
