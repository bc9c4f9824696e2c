"""The list of findings judged by hand is well formed, and the false ones that were mended stay mended."""

import csv
import re
from pathlib import Path

import pytest

from scoring.debts import all_signals
from scoring.testing import ML_FILE, facts_from, result_of
from tests.judged import (
    shapes_of_a_stranger,
    shapes_of_code_and_text,
    shapes_of_fresh_draws,
    shapes_of_later_draws,
    shapes_of_lessons_and_papers,
    shapes_of_packages,
    shapes_of_second_reading,
    shapes_of_strict_reading,
    shapes_of_unseen_applications,
    shapes_of_unseen_code,
    shapes_of_unseen_repositories,
)
from tests.judged.shapes import Files, Shape

FOLDER = Path(__file__).parent
COLUMNS = ["repository", "commit", "path", "line", "signal", "key", "verdict", "reason", "status", "sample"]
LISTS = sorted(FOLDER.glob("*.csv"))
KEY = re.compile(r"|cell [1-9]\d*")
DATE = re.compile(r"|\d{4}-\d{2}-\d{2}")
SHAPES = (
    *shapes_of_packages.SHAPES,
    *shapes_of_code_and_text.SHAPES,
    *shapes_of_second_reading.SHAPES,
    *shapes_of_strict_reading.SHAPES,
    *shapes_of_a_stranger.SHAPES,
    *shapes_of_unseen_code.SHAPES,
    *shapes_of_unseen_repositories.SHAPES,
    *shapes_of_unseen_applications.SHAPES,
    *shapes_of_lessons_and_papers.SHAPES,
    *shapes_of_fresh_draws.SHAPES,
    *shapes_of_later_draws.SHAPES,
)
MIN_SHAPES = 20


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def _place(row: dict[str, str]) -> tuple[str, int, str, str]:
    return row["path"], int(row["line"]), row["signal"], row["key"]


def _told(signal: str, files: Files, about: str) -> list[str]:
    _, findings = result_of(signal, facts_from({**ML_FILE, **files}))
    return [finding.message for finding in findings if about in finding.message]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_judged_list_is_well_formed(path: Path) -> None:
    signals = {signal.id for signal in all_signals()}
    rows = _rows(path)
    assert rows
    for row in rows:
        assert list(row) == COLUMNS
        assert row["repository"].replace("/", "+") == path.stem
        assert re.fullmatch(r"[0-9a-f]{40}", row["commit"])
        assert re.match(r"[^/]", row["path"])
        assert int(row["line"]) >= 1
        assert row["signal"] == "doc.1" or KEY.fullmatch(row["key"])
        assert row["signal"] in signals
        assert row["verdict"] in {"true", "false"}
        assert row["reason"].strip() == row["reason"] != ""
        assert row["status"] in ({"", "open"} if row["verdict"] == "false" else {"", "withdrawn"})
        assert DATE.fullmatch(row["sample"])


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_judged_list_is_sorted_and_holds_each_place_once(path: Path) -> None:
    places = [_place(row) for row in _rows(path)]
    assert places == sorted(set(places))


def test_judged_samples_of_at_least_three_repositories_are_there() -> None:
    fresh = {row["repository"] for path in LISTS for row in _rows(path) if row["sample"]}
    assert len(fresh) >= 3


def test_shapes_have_names_of_their_own() -> None:
    assert len({shape.name for shape in SHAPES}) == len(SHAPES) >= MIN_SHAPES


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_false_finding_that_was_mended_stays_away(shape: Shape) -> None:
    assert _told(shape.signal, shape.quiet, shape.about) == []


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_twin_of_a_false_finding_is_still_found(shape: Shape) -> None:
    assert len(_told(shape.signal, shape.found, shape.twin or shape.about)) >= 1
