"""What a component's figures rest on: every file and every signal is told, the unseen ones by their reason."""

from collections import Counter
from dataclasses import dataclass

from debtboard.domain.queries import catalogue
from debtboard.domain.queries.opened import evidence_seen
from debtboard.domain.queries.stored import StoredReport, once
from debtboard.domain.queries.wording import count, percent
from scoring.findings import Outcome, SignalResult
from scoring.measuring import ABSENT

SHOWN = 12
OUTSIDE = (("LIN", "Lineage"), ("MON", "Monitoring"), ("XR", "Other repositories"), ("ATT", "People’s answers"))
CANNOT = "this version cannot connect it yet"


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    seen: str
    share: float


@dataclass(frozen=True, slots=True)
class Part:
    """A part of all files, or of all signals: the parts add up to the total."""

    name: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    share: float
    sources: tuple[Source, ...]
    files: tuple[Part, ...]
    files_total: int
    signals: tuple[Part, ...]
    signals_total: int
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
        files=_files(report),
        files_total=coverage.files,
        signals=_signals(report),
        signals_total=len(report.signals),
        skipped=tuple(skipped[:SHOWN]),
        skipped_total=len(skipped),
        excluded=tuple(excluded[:SHOWN]),
        excluded_total=len(excluded),
        note=_note(report),
    )


def _outside(code: str, name: str, report: StoredReport) -> Source:
    """How many signals of an outside source were observed, of those and the ones that wait for it alone."""
    known = catalogue.signals_by_id()
    mine = [r for r in report.signals if code in r.source.split("+") and r.id in known]
    seen = sum(r.outcome in {Outcome.FOUND, Outcome.CLEAR} for r in mine)
    total = seen + sum(_kind(r) == code for r in report.signals)
    said = f"{seen} of {count(total, 'signal')}" if seen else f"0 of {count(total, 'signal')}: {CANNOT}"
    return Source(name, said, seen / total if total else 0.0)


def _files(report: StoredReport) -> tuple[Part, ...]:
    """Read, without a reader, refused: together all files of the component."""
    coverage = report.coverage
    unread = sum(kind.files for kind in coverage.unread)
    refused = coverage.files - coverage.read - unread if coverage.unread else len(coverage.skipped)
    untold = coverage.files - coverage.read - unread - refused
    kinds = ", ".join(f"{kind.files:,} {kind.kind}" for kind in coverage.unread)
    reasons = Counter(entry.reason for entry in coverage.skipped).most_common(3)
    parts = (
        Part("Read", coverage.read, "a reader of their kind took all of it"),
        Part("No reader for their kind", unread, f"nothing is measured in them: {kinds}"),
        Part("No reader for their kind", untold, "the next scan names the kinds"),
        Part("Refused", refused, f"a reader should have read them: {', '.join(f'{n} {why}' for why, n in reasons)}"),
    )
    return tuple(part for part in parts if part.count)


WHY = {
    "LIN": "Lineage",
    "MON": "Monitoring",
    "XR": "Several repositories together",
    "ATT": "People’s answers",
}


def _signals(report: StoredReport) -> tuple[Part, ...]:
    """What became of every signal: together all of them."""
    kinds = Counter(_kind(result) for result in report.signals)
    names = (
        ("seen", "Seen", "found something, or found nothing where it looked: these are what the figures rest on"),
        ("none", "Looked for, not decided", "read, but this repository gives too little to judge by"),
        *((code, f"{name}: not connected", f"{CANNOT}; it stays unseen") for code, name in WHY.items()),
        ("unbuilt", "Not built yet", "declared in the catalogue; this version has no reader for it"),
        ("error", "Could not be measured", "the measurement failed; see the reasons in the opened debts"),
        ("outside", "Do not apply", "nothing of the kind in this component; they count in no figure"),
    )
    return tuple(Part(name, kinds[key], why) for key, name, why in names if kinds[key])


def _kind(result: SignalResult) -> str:
    if result.outcome in {Outcome.FOUND, Outcome.CLEAR}:
        return "seen"
    if result.outcome is Outcome.NOT_APPLICABLE:
        return "outside"
    if result.outcome is Outcome.ERROR:
        return "error"
    code = next((code for code, reason in ABSENT.items() if reason == result.reason), None)
    if code is not None:
        return code
    known = catalogue.signals_by_id().get(result.id)
    return "unbuilt" if known is None or not known.built else "none"


def _note(report: StoredReport) -> str:
    outcomes = Counter(result.outcome for result in report.signals)
    total = sum(outcomes.values()) - outcomes[Outcome.NOT_APPLICABLE]
    seen = outcomes[Outcome.FOUND] + outcomes[Outcome.CLEAR]
    return (
        f"{seen} of {count(total, 'signal')} that apply were seen, each counted once. "
        f"The {percent(evidence_seen(report))} at the top of the page is the mean over the answers and debts, where a "
        "signal counts as much as it weighs. Nothing unseen counts as clean; it widens the bands above."
    )
