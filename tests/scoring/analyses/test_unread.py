"""The share of each source's files that a reader would have read and could not."""

from scoring.analyses.unread import unread_shares
from scoring.facts import FileEntry


def entry(path: str, language: str, *roles: str, skipped: str = "") -> FileEntry:
    return FileEntry(path=path, blob=path, size=1, language=language, roles=frozenset(roles), skipped=skipped)


def test_source_without_a_file_has_no_share() -> None:
    assert unread_shares([], complete=True) == {}


def test_notebook_that_went_unread_counts_as_python_too() -> None:
    files = [entry("a.py", "python"), entry("b.ipynb", "jupyter", skipped="too large")]
    assert unread_shares(files, complete=True) == {"PY": 0.5, "NB": 1.0}


def test_file_of_two_roles_counts_for_both_sources() -> None:
    files = [entry("setup.cfg", "ini", "packaging", "config", skipped="not text"), entry("q.sql", "sql")]
    assert unread_shares(files, complete=True) == {"PKG": 1.0, "CFG": 1.0, "SQL": 0.0}


def test_tree_that_was_listed_in_part_leaves_half_of_every_source_unread() -> None:
    files = [entry("a.py", "python"), entry("b.ipynb", "jupyter", skipped="too large")]
    assert unread_shares(files, complete=False) == {"PY": 0.5, "NB": 1.0, "SQL": 0.5, "CFG": 0.5, "PKG": 0.5}
