"""What a component's figures rest on: what was seen by source, what was skipped and what was left out."""

from collections import Counter
from dataclasses import dataclass

from debtboard.domain.queries import catalogue
from debtboard.domain.queries.stored import StoredReport, once
from debtboard.domain.queries.wording import count, percent
from scoring.findings import Outcome

SHOWN = 12
OUTSIDE = (("LIN", "Lineage"), ("MON", "Monitoring"), ("XR", "Other repositories"), ("ATT", "Attestations"))


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    seen: str
    share: float


@dataclass(frozen=True, slots=True)
class CoverageView:
    share: float
    sources: tuple[Source, ...]
    skipped: tuple[tuple[str, str], ...]
    skipped_total: int
    excluded: tuple[tuple[str, str], ...]
    excluded_total: int
    note: str

    @property
    def skipped_more(self) -> bool:
        return self.skipped_total > len(self.skipped)


@once
def coverage_view(report: StoredReport) -> CoverageView:
    coverage = report.coverage
    share = coverage.read / coverage.files if coverage.files else 0.0
    sources = [Source("Code, notebooks, files", f"{coverage.read:,} of {coverage.files:,} files", share)]
    if coverage.io_calls:
        resolved = coverage.io_resolved / coverage.io_calls
        said = f"{coverage.io_resolved:,} of {coverage.io_calls:,} named"
        sources.append(Source("Data reads and writes", said, resolved))
    sources += [_outside(code, name, report) for code, name in OUTSIDE]
    skipped = [(entry.path, entry.reason) for entry in coverage.skipped]
    excluded = [(entry.path, entry.reason) for entry in coverage.excluded]
    return CoverageView(
        share=share,
        sources=tuple(sources),
        skipped=tuple(skipped[:SHOWN]),
        skipped_total=len(skipped),
        excluded=tuple(excluded[:SHOWN]),
        excluded_total=len(excluded),
        note=_note(report),
    )


def _outside(code: str, name: str, report: StoredReport) -> Source:
    """How many signals of an outside source were observed."""
    known = catalogue.signals_by_id()
    mine = [r for r in report.signals if code in r.source.split("+") and r.id in known]
    seen = sum(r.outcome in {Outcome.FOUND, Outcome.CLEAR} for r in mine)
    said = f"{seen} of {count(len(mine), 'signal')}" if seen else "not connected"
    return Source(name, said, seen / len(mine) if mine else 0.0)


def _note(report: StoredReport) -> str:
    outcomes = Counter(result.outcome for result in report.signals)
    total = sum(outcomes.values()) - outcomes[Outcome.NOT_APPLICABLE]
    seen = outcomes[Outcome.FOUND] + outcomes[Outcome.CLEAR]
    reasons = Counter(entry.reason for entry in report.coverage.skipped)
    kinds = "; ".join(f"{amount} × {reason}" for reason, amount in reasons.most_common(3))
    return (
        f"{seen} of {count(total, 'signal')} that apply were seen ({percent(seen / total if total else 0.0)}). "
        + (f"Most often unread: {kinds}. " if len(reasons) > 1 else "")
        + "Nothing unread counts as clean; it widens the bands above."
    )
