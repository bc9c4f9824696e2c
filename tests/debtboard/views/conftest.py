from collections.abc import Callable, Sequence

import pytest
from django.utils import timezone

from tests.debtboard import factories
from tests.debtboard.answers import Shape


@pytest.fixture(autouse=True)
def _found_static(settings):
    """Static files are found where they lie; nothing is collected for tests."""
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def fixed_now(monkeypatch):
    """The clock stands at the board's moment."""
    monkeypatch.setattr(timezone, "now", lambda: factories.NOW)
    return factories.NOW


@pytest.fixture
def make_board(db, fixed_now) -> Callable[..., factories.Board]:
    """make_board(shapes, weeks=8) -> a board built directly in the tables."""

    def make(shapes: Sequence[Shape] = factories.SHAPES, weeks: int = 8) -> factories.Board:
        return factories.board(shapes, weeks=weeks)

    return make


@pytest.fixture
def board(make_board) -> factories.Board:
    return make_board()


@pytest.fixture
def as_alice(board, client):
    """The lead of all teams is signed in."""
    client.force_login(board.alice)
    return client
