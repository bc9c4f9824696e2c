"""Every file and every signal is told on the page: the parts add up, and what is unseen has its reason."""

import msgspec
import pytest

from debtboard.domain.queries import stored
from debtboard.domain.queries.coverage import coverage_view
from debtboard.domain.queries.first import effort_said
from scoring.reports.json import render
from scoring.scores.answers import Skipped, Unread
from tests.debtboard.answers import assessment
from tests.debtboard.factories import NOW, SHAPES

UNREAD = (Unread(kind=".png", files=35), Unread(kind="LICENSE", files=1))


def view(**coverage):
    made = assessment(SHAPES[0], NOW)
    made = msgspec.structs.replace(made, coverage=msgspec.structs.replace(made.coverage, **coverage))
    return coverage_view(stored._DECODER.decode(render(made)))


def parts(shown) -> dict[str, int]:
    return {part.name: part.count for part in shown}


def test_files_without_a_reader_are_told_by_kind():
    shown = view(files=120, read=83, unread=UNREAD, skipped=(Skipped(path="a.py", reason="Python 2"),))
    assert parts(shown.files) == {"Read": 83, "No reader for their kind": 36, "Refused": 1}
    assert shown.files[1].why == "nothing is measured in them: 35 .png, 1 LICENSE"
    assert shown.files[2].why == "a reader should have read them: 1 Python 2"


@pytest.mark.parametrize(
    "coverage",
    [
        {"files": 10, "read": 10, "unread": (), "skipped": ()},
        {"files": 10, "read": 6, "unread": (), "skipped": ()},
        {"files": 120, "read": 83, "unread": UNREAD, "skipped": ()},
    ],
)
def test_files_add_up(coverage):
    shown = view(**coverage)
    assert sum(part.count for part in shown.files) == shown.files_total == coverage["files"]


def test_signals_add_up_and_name_what_is_not_connected():
    shown = view()
    assert sum(part.count for part in shown.signals) == shown.signals_total
    assert "Seen" in parts(shown.signals)
    assert [source.seen.partition(": ")[2] for source in shown.sources if source.name == "People’s answers"] == [
        "this version cannot connect it yet"
    ]
    assert "at the top of the page" in shown.note


@pytest.mark.parametrize(
    ("effort", "findings", "said"),
    [
        ("small", 1, "small, under an hour"),
        ("small", 14, "small each, under an hour: 14 findings"),
        ("unheard-of", 2, "unheard-of each: 2 findings"),
    ],
)
def test_effort_says_that_it_is_of_each_finding(effort, findings, said):
    assert effort_said(effort, findings) == said
