"""How right each signal's findings were, counted from the lists of findings that people looked up and judged.

The figures come from `report_cards.toml`, which a script writes from the lists beside the tests; a signal without a row
there was never judged, which is not the same as right.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import NamedTuple


class Judged(NamedTuple):
    """Findings of one signal that were looked up in their source."""

    judged: int
    """Findings that are still made, right ones and known wrong ones."""
    right: int
    mended: int
    """Wrong ones that were mended since: they are not made any more, and not among the judged."""
    sample: int
    """Of the judged, those that a random draw chose; the rest were picked by hand."""
    sample_right: int


def _table() -> dict[str, Judged]:
    rows = tomllib.loads(files("scoring.knowledge").joinpath("report_cards.toml").read_text("utf-8"))
    return {signal: Judged(**row) for signal, row in rows.items()}


REPORT_CARDS: Mapping[str, Judged] = _table()
"""Signal -> its count."""
