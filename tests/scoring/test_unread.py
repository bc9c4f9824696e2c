"""Files without a reader are told by their kind, and nothing that has a reader is among them."""

from scoring.engine import LISTED_KINDS, OTHER_KINDS, assess
from scoring.scores.answers import Unread
from scoring.testing import ML_FILE, component_from


def test_unread_files_are_told_by_kind_and_refused_ones_are_not_among_them():
    files = {**ML_FILE, "a.PNG": b"\x89", "docs/b.png": b"\x89", "LICENCE-OF-IT": "x", ".hidden": "x", "bad.py": "x ="}
    coverage = assess(component_from(files), "0" * 40).coverage
    assert coverage.unread == (
        Unread(kind=".png", files=2),
        Unread(kind=".hidden", files=1),
        Unread(kind="LICENCE-OF-IT", files=1),
    )
    assert [entry.path for entry in coverage.skipped] == ["bad.py"]
    assert coverage.files == coverage.read + len(coverage.skipped) + sum(kind.files for kind in coverage.unread)


def test_rare_kinds_stand_together():
    files = {f"file.k{number:02d}": b"" for number in range(LISTED_KINDS + 5)}
    unread = assess(component_from({**ML_FILE, **files}), "0" * 40).coverage.unread
    assert len(unread) == LISTED_KINDS + 1
    assert unread[-1] == Unread(kind=OTHER_KINDS, files=5)
