"""What became in a year of the debt that comments admit, out of real histories."""

from pathlib import Path

import pytest

import scoring.analyses.admissions
from scoring.facts import AdmittedBefore
from scoring.sandbox import Sandbox
from tests.scoring.past import Past

LONG_AGO = 400


def _before(past: Past) -> AdmittedBefore | None:
    return past.history().admitted_before


def _todos(*texts: str) -> str:
    return "".join([f"# TODO: {text}\n" for text in texts])


def test_repository_younger_than_a_year_says_nothing(tmp_path: Path, sandbox: Sandbox) -> None:
    past = Past(tmp_path, sandbox)
    past.add(300, {"a.py": _todos("sort")})
    assert _before(past) is None


def test_comments_of_kept_changed_and_cleaned_modules_are_counted(tmp_path: Path, sandbox: Sandbox) -> None:
    past = Past(tmp_path, sandbox)
    past.add(
        LONG_AGO, {"kept.py": _todos("keep"), "changed.py": _todos("stays", "goes"), "cleaned.py": _todos("cleaned")}
    )
    past.add(1, {"kept.py": _todos("keep"), "changed.py": _todos("stays") + "a = 1\n", "cleaned.py": "a = 1\n"})
    assert _before(past) == AdmittedBefore(seen=4, stood=4.0, standing=2.0)


def test_comment_that_moved_stands_and_one_deleted_with_its_module_went(tmp_path: Path, sandbox: Sandbox) -> None:
    past = Past(tmp_path, sandbox)
    past.add(LONG_AGO, {"a.py": _todos("moves"), "b.py": _todos("goes"), "renamed.py": _todos("same")})
    past.add(1, {"c.py": _todos("moves") + "a = 1\n", "new.py": _todos("same")})
    assert _before(past) == AdmittedBefore(seen=3, stood=3.0, standing=2.0)


def test_words_of_a_string_stand_as_long_as_the_string(tmp_path: Path, sandbox: Sandbox) -> None:
    text = 'PROMPT = """\n# TODO: ask\n"""\n'
    past = Past(tmp_path, sandbox)
    past.add(LONG_AGO, {"a.py": text})
    past.add(1, {"a.py": text + "a = 1\n"})
    assert _before(past) == AdmittedBefore(seen=1, stood=1.0, standing=1.0)


@pytest.mark.parametrize("path", ["tests/test_a.py", "a.txt", "third_party/a.py"])
def test_tests_other_texts_and_what_is_left_out_are_not_asked(path: str, tmp_path: Path, sandbox: Sandbox) -> None:
    past = Past(tmp_path, sandbox)
    past.add(LONG_AGO, {path: _todos("sort"), "b.py": "a = 1\n"})
    past.add(1, {path: "a = 1\n", "b.py": "a = 1\n"})
    assert _before(past) == AdmittedBefore(seen=0, stood=0.0, standing=0.0)


def test_module_that_nothing_can_read_now_is_not_asked(tmp_path: Path, sandbox: Sandbox) -> None:
    past = Past(tmp_path, sandbox)
    past.add(LONG_AGO, {"a.py": _todos("sort")})
    past.add(1, {"a.py": "print 'python 2'\n"})
    assert _before(past) == AdmittedBefore(seen=0, stood=0.0, standing=0.0)


def test_part_of_the_modules_that_admit_nothing_now_counts_for_all(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring.analyses.admissions, "SAMPLED", 2)
    past = Past(tmp_path, sandbox)
    past.add(LONG_AGO, {"kept.py": _todos("keep"), **{f"{name}.py": _todos(name) for name in "abcdef"}})
    past.add(1, {"kept.py": _todos("keep"), **{f"{name}.py": f"{name} = 1\n" for name in "abcdef"}})
    assert _before(past) == AdmittedBefore(seen=3, stood=7.0, standing=1.0)
