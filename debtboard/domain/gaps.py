"""What an answer can't tell of: the files it did not read and the signals that gave none, as far as findings go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from debtboard.domain import reports
from debtboard.models import Report, Snapshot
from scoring.engine import LISTED_SKIPS
from scoring.findings import LOADING, OWN, Outcome, SignalResult
from scoring.scores.answers import Assessment, Coverage


@dataclass(frozen=True, slots=True)
class Unjudged:
    """What an assessment can't tell of: no finding there is fixed by its absence."""

    skipped: frozenset[str]
    """Paths that went unread."""
    silent: frozenset[str]
    """Signals that gave no answer."""
    partial: frozenset[str]
    """Signals some of whose files went unread."""
    read: frozenset[str]
    """Paths of the tree that are none of the skipped."""
    gone: frozenset[str]
    """Paths that are no longer in the tree: what stood there is fixed, whatever its signal says."""
    asked: frozenset[str] | None
    """The operator's own signals that were in, where a file of them did not load: the others of theirs are silent."""

    def hides(self, signal: str, path: str) -> bool:
        """Whether the finding may still be there."""
        if path in self.skipped:
            return True
        if path in self.gone:
            return False
        if self.asked is not None and signal.startswith(OWN) and signal not in self.asked:
            return True
        return signal in self.silent or (signal in self.partial and path not in self.read)


@dataclass(frozen=True, slots=True)
class Answered:
    """What one answer says of its own gaps."""

    skipped: frozenset[str]
    cut: bool
    """The list of skipped files is cut, so any path may be one of them."""
    silent: frozenset[str]
    partial: frozenset[str]
    asked: frozenset[str] | None = None


def answered(answer: Assessment) -> Answered:
    return _answered([entry.path for entry in answer.coverage.skipped], answer.signals)


def answered_then(snapshot: Snapshot) -> Answered:
    """The same of a snapshot, from its stored report."""
    return _answered_by(bytes(Report.objects.get(pk=snapshot.pk).body))


@lru_cache(maxsize=128)
def _answered_by(body: bytes) -> Answered:
    """By the report's stored bytes: a past of a hundred weeks asks for the same few again and again."""
    kept = _GAPS.decode(reports.unpacked(body))
    return _answered([entry.path for entry in kept.coverage.skipped], kept.signals)


class _Kept(msgspec.Struct, frozen=True):
    """Of a stored report, what `Answered` is made of."""

    coverage: Coverage
    signals: tuple[SignalResult, ...]


_GAPS = msgspec.json.Decoder(_Kept)


def _answered(skipped: Sequence[str], signals: Iterable[SignalResult]) -> Answered:
    results = list(signals)
    return Answered(
        skipped=frozenset(skipped),
        cut=len(skipped) >= LISTED_SKIPS,
        silent=frozenset(item.id for item in results if item.outcome in (Outcome.UNKNOWN, Outcome.ERROR)),
        partial=frozenset(item.id for item in results if item.unread > 0),
        asked=_asked([item.id for item in results if item.id.startswith(OWN)]),
    )


def _asked(own: Sequence[str]) -> frozenset[str] | None:
    """None unless one of them stands for a file that did not load: what that file declared is then not known."""
    return frozenset(own) if any(signal.endswith(LOADING) for signal in own) else None


def unjudged(gaps: Answered, paths: frozenset[str] | None, paths_before: frozenset[str] | None) -> Unjudged:
    """`paths` are those of the tree, `paths_before` those of the tree that it is held against; None: not to be had."""
    before, here = paths_before or frozenset(), paths or frozenset()
    # A file that is gone may stand, renamed, among those that nobody could read.
    moved = paths is None or gaps.cut or bool(gaps.skipped - before)
    return Unjudged(
        skipped=gaps.skipped,
        silent=gaps.silent,
        partial=gaps.partial,
        read=frozenset() if gaps.cut else here - gaps.skipped,
        gone=frozenset() if moved else before - here,
        asked=gaps.asked,
    )
