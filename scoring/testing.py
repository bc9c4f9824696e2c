"""The rig for testing a debt: files in, a signal's answer out. It ships with the engine for those who write signals.

    check_found("mls-02", {"train.py": "import numpy as np\\nif x == np.nan: pass\\n"}, at=["train.py:2"])

Files are read in this process, by the same readers as a scan's children use.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from scoring.analyses.vendored import vendored
from scoring.analyses.view import View
from scoring.facts import Component, DeclarationFacts, FileEntry, FileFacts, HistoryFacts, Refusal
from scoring.findings import Finding, Outcome, SignalResult
from scoring.listing import file_entry
from scoring.location import fingerprint
from scoring.measuring import measure
from scoring.readers import readers_for
from scoring.readers.base import Unreadable
from scoring.readers.places import exclusion

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
COMMIT = "0" * 40

ML_FILE = {
    "model_of_the_rig.py": (
        "from sklearn.svm import SVC\n\n\n"
        'def build() -> SVC:\n    """An estimator, seeded, typed and described."""\n    return SVC(random_state=1)\n'
    )
}
"""Makes a component of ML code where an example alone would not, and gives no per-file signal anything to find."""


def component_from(
    files: Mapping[str, str | bytes],
    *,
    history: HistoryFacts | None = None,
    profile: str = "production",
    as_of: datetime = AS_OF,
) -> Component:
    """A component of these files, as a survey would have read them."""
    read = [_entry(path, files[path]) for path in sorted(files) if not exclusion(path)]
    copied = vendored(read)
    entries = tuple(entry for entry in read if entry.path not in copied)
    declaration = next((item for entry in entries for item in entry.facts if isinstance(item, DeclarationFacts)), None)
    return Component(
        path="",
        profile=profile,
        as_of=as_of,
        commit=COMMIT,
        committed_at=as_of,
        files=entries,
        excluded=tuple(copied.items()),
        history=history,
        declaration=declaration,
    )


def facts_from(files: Mapping[str, str | bytes], **declared: Any) -> View:
    """The view of a component of these files; keywords as in `component_from`."""
    return View(component_from(files, **declared))


def _entry(path: str, content: str | bytes) -> FileEntry:
    data = content.encode() if isinstance(content, str) else content
    told: list[FileFacts | Refusal] = []
    for reader in readers_for(path):
        try:
            told.append(reader.read(data))
        except Unreadable as refusal:
            told.append(Refusal(refusal.reason))
    return file_entry(path, fingerprint(data.decode("latin-1")), len(data), told)


def result_of(signal: str, view: View) -> tuple[SignalResult, tuple[Finding, ...]]:
    """One signal's result and findings on the view."""
    measured = measure(view)
    result = next(result for result in measured.results if result.id == signal)
    return result, tuple(finding for finding in measured.findings if finding.signal == signal)


def check_found(
    signal: str, files: Mapping[str, str | bytes], at: Sequence[str] | None = None, **declared: Any
) -> SignalResult:
    """The signal is found; with `at`, at exactly these places ("path:line")."""
    result, findings = result_of(signal, facts_from({**ML_FILE, **files}, **declared))
    assert result.outcome is Outcome.FOUND, f"{signal} is {result.outcome}: {result.reason or result.value}"
    if at is not None:
        assert [f"{finding.path}:{finding.line}" for finding in findings] == list(at)
    return result


def check_clear(signal: str, files: Mapping[str, str | bytes], **declared: Any) -> SignalResult:
    """The signal was observed and is clear."""
    result, _ = result_of(signal, facts_from({**ML_FILE, **files}, **declared))
    assert result.outcome is Outcome.CLEAR, f"{signal} is {result.outcome}: {result.reason or result.value}"
    return result


def check_unknown(signal: str, files: Mapping[str, str | bytes], **declared: Any) -> SignalResult:
    """The signal is unknown, in error or not applicable: anything but found or clear."""
    result, _ = result_of(signal, facts_from(files, **declared))
    assert result.outcome not in (Outcome.CLEAR, Outcome.FOUND), f"{signal} is {result.outcome}: {result.value}"
    return result
