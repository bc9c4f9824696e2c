"""What a card of "what to do first" says: an order that is whole, each place once."""

import pytest

from debtboard.domain.queries.first import TITLE, title_of
from scoring.debts import all_signals

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
def test_title_is_an_order_that_ends_in_a_whole_clause(remedy, title):
    assert title_of(remedy) == title


def test_no_remedy_of_the_catalogue_makes_a_title_that_is_cut():
    titles = [title_of(signal.remedy) for signal in all_signals() if signal.remedy]
    assert [title for title in titles if len(title) > TITLE or title.endswith("…")] == []
