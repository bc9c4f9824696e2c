"""Shapes of false findings that were judged and mended, each with a twin that is right.

All of it was written for this test; nothing is taken from a repository. `quiet` must have no finding of the signal
whose message holds `about`; `found` must have one.
"""

import json
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


WRITES = "\nkept.to_csv('kept.csv')"
"""Something is left of a run."""


def notebook(*cells: str, counts: tuple[int, ...] = (), output: str = "") -> str:
    """A notebook of these cells, run in their order or with these counts; the last one printed `output`."""
    left = WRITES if counts else ""
    code: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "execution_count": count,
            "source": cell + left,
            "metadata": {},
            "outputs": [],
        }
        for cell, count in zip(cells, counts or range(1, len(cells) + 1), strict=True)
    ]
    if output:
        code[-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": output}]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": code})
