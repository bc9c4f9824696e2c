"""Shapes of false findings that were judged and mended, each with a twin that is right.

All of it was written for this test; nothing is taken from a repository. `quiet` must have no finding of the signal
whose message holds `about`; `found` must have one.
"""

from collections.abc import Mapping
from typing import NamedTuple

Files = Mapping[str, str]


class Shape(NamedTuple):
    """A pattern that once gave a false finding, and its twin."""

    name: str
    signal: str
    about: str
    quiet: Files
    found: Files
    twin: str = ""
    """What the twin's finding names, where it is another thing than `about`."""
