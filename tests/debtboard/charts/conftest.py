from collections.abc import Callable
from datetime import date, timedelta

import pytest


@pytest.fixture
def weeks() -> Callable[[int], list[date]]:
    """The Mondays of n weeks up to 2026-W47."""

    def mondays(n: int) -> list[date]:
        return [date(2026, 11, 16) - timedelta(weeks=n - 1 - index) for index in range(n)]

    return mondays
