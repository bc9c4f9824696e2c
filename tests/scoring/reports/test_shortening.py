"""Sentences made to fit: an order that is whole, and as much of a message as a line holds."""

import pytest

from scoring.debts import all_signals
from scoring.reports.shortening import TITLE, fitted, statement, title_of, visible

LOCK = (
    "Lock what is installed (uv lock, poetry lock, pip-compile --generate-hashes or conda-lock), commit the lock file, "
    "and install from it wherever the code runs. Renew it on purpose."
)
SPAGHETTI = (
    "Put the top-level code under a main function, then cut functions out of it that take what they need and return "
    "what they make."
)


@pytest.mark.parametrize(
    ("remedy", "title"),
    [
        ("", ""),
        ("Delete it. Git keeps it.", "Delete it"),
        (LOCK, "Lock what is installed, commit the lock file, and install from it wherever the code runs"),
        (SPAGHETTI, "Put the top-level code under a main function"),
        ("word " * 40, "word " * 22 + "word…"),
    ],
)
def test_title_is_an_order_that_ends_in_a_whole_clause(remedy: str, title: str) -> None:
    assert title_of(remedy) == title


def test_no_remedy_of_the_catalogue_makes_a_title_that_is_cut() -> None:
    titles = [title_of(signal.remedy) for signal in all_signals() if signal.remedy]
    assert [title for title in titles if len(title) > TITLE or title.endswith("…")] == []


@pytest.mark.parametrize(
    ("message", "room", "said"),
    [
        ("It is gone.", 20, "It is gone"),
        ("It (of all things) is gone.", 12, "It is gone"),
        ("It is gone for good: nobody knows why.", 24, "It is gone for good"),
        ("One. Two three four five six seven eight.", 22, "One. Two three four..."),
        ("He wrote `see: this` and that: done for today.", 31, "He wrote `see: this` and that"),
        ("He wrote `see: this`, and never came back to it.", 26, "He wrote `see: this`..."),
        ("unbreakable" * 4, 20, "unbreakableunbrea..."),
        ("", 20, ""),
    ],
)
def test_message_keeps_whole_statements_else_its_first_words(message: str, room: int, said: str) -> None:
    assert fitted(message, room) == said
    assert len(said) <= room


def test_statement_is_whole_or_nothing() -> None:
    assert statement("It is gone: nobody knows why it went.", 20) == "It is gone"
    assert statement("It is gone and nobody knows why it went.", 20) == ""


def test_hostile_message_is_fitted_in_linear_time() -> None:
    assert fitted("`" * 200_001 + "; " * 100_000, 60).endswith("...")


def test_control_and_direction_marks_are_written_out() -> None:
    assert visible("a\x1b[1m\u202eb caf\xe9") == "a\\x1b[1m\\u202eb caf\xe9"
