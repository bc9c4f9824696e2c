"""Signals, what they measure, and what they find: the vocabulary between the debts and the scores.

A debt is a module of `scoring.debts`; its docstring is the page users read. It declares signals, each with
the anchors, severity and precision class of the ruler's first edition (catalogue 2.2). A row that nobody
has built yet is declared too: it is unknown, and stays in the fixed denominator (catalogue 2.3). Longer than a module
should be: one vocabulary.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import msgspec

PY, NB, SQL, CFG, PKG, GIT, LIN, MON, XR, ATT = "PY", "NB", "SQL", "CFG", "PKG", "GIT", "LIN", "MON", "XR", "ATT"
REPOSITORY = frozenset({PY, NB, SQL, CFG, PKG, GIT})
"""Sources that the repository itself carries; the others are outside, and their absence is unknown."""

H, M, L = "H", "M", "L"
SMALL, MEDIUM, LARGE = "small", "medium", "large"
"""Effort: under an hour, under a week, more (catalogue 2.6)."""

SEVERITIES = ("low", "medium", "high", "critical")
SEVERITY_WEIGHT = {1: 0.10, 2: 0.25, 3: 0.45, 4: 0.70}
CONFIDENCE = {H: 1.0, M: 0.7, L: 0.35}

OWN = "x-"
"""How the ids and debts of an operator's own signals begin: no row of the catalogue ever does."""
LOADING = ".0"
"""How the row ends that stands for a file of them that does not load: of acme_rules.py it is x-acme-rules.0."""
STABLE, EXPERIMENTAL = "stable", "experimental"
"""Lifecycle of a signal; an experimental one is shown, and not scored."""
ON_TRIAL = "on trial, not scored"
"""What stands beside every finding of an experimental signal, wherever one is shown."""

COUNT, DENSITY, SHARE, LEVEL = "count", "density", "share", "level"
"""How a value relates to its population (catalogue 2.5, rules 1 and 2). count: per 10 KLOC of ML code, at least 1;
density: per KLOC, at least 5 of them; share: of n items, damped under 5; level: taken as it is."""

Evidence = Mapping[str, str | int | float]


class Outcome(StrEnum):
    FOUND = "found"
    CLEAR = "clear"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One place that a signal speaks of. `key` is what survives line moves and reformatting: a name, a callee, a
    normalised text; never a line number. `path` is empty in a per-file signal, which does not know it."""

    line: int
    message: str
    key: str
    path: str = ""
    end_line: int = 0
    symbol: str = ""
    severity: int = 0
    """1..4 where this place differs from the signal's severity; 0 takes the signal's."""
    evidence: Evidence = {}
    remedy: str = ""
    """Where this place asks for another remedy than the signal's; "" takes the signal's."""


class Tally(msgspec.Struct, frozen=True):
    """What a per-file signal says of one file: how many items it examined, and how much of them is bad."""

    examined: int
    count: float = 0.0
    hits: tuple[Hit, ...] = ()


class Measure(msgspec.Struct, frozen=True):
    """A component's measure. `population` is the number of items it rests on; 0 is never a measure."""

    value: float
    population: int
    hits: tuple[Hit, ...] = ()
    note: str = ""
    severity: int = 0
    """1..4 where the component's kind changes what the row weighs (a library's open ranges); 0 takes the signal's."""


class NotApplicable(msgspec.Struct, frozen=True):
    """The repository was read and has nothing of the kind; unknown instead where files went unread."""

    reason: str


class Unknown(msgspec.Struct, frozen=True):
    """The source is absent, or its stated minimum is not met."""

    reason: str


Answer = Measure | NotApplicable | Unknown


class SignalFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of an operator's own signals, as a report names it."""

    name: str
    digest: str
    """16 hex digits over its bytes."""
    debt: str
    signals: tuple[str, ...]
    problem: str = ""
    """Why none of it is measured: a sentence; "" where it is in."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A hit in its place. `id` identifies it in its file; `anchor` leaves the path out, for renames to carry it."""

    id: str
    anchor: str
    signal: str
    debt: str
    path: str
    line: int
    end_line: int
    symbol: str
    message: str
    severity: str
    confidence: float
    effort: str
    evidence: Evidence
    remedy: str


class SignalResult(msgspec.Struct, frozen=True, kw_only=True):
    """One signal's answer for one component: what is stored, and all that scores may read."""

    id: str
    debt: str
    source: str
    outcome: Outcome
    value: float | None
    unit: str
    anchors: tuple[float, float]
    badness: float | None
    severity: int
    precision: str
    lifecycle: str
    population: int | None
    kind: str
    unread: float
    """Share of the source's files that went unread, 0..1."""
    reason: str
    findings: int
    group: str = ""

    @property
    def on_trial(self) -> bool:
        """Its findings are shown, marked and never scored, until enough of them were judged right."""
        return self.lifecycle == EXPERIMENTAL


def badness(value: float, anchors: tuple[float, float]) -> float:
    """clamp((m - g) / (B - g), 0, 1), in either direction (catalogue 2.2)."""
    good, bad = anchors
    return min(1.0, max(0.0, (value - good) / (bad - good)))


Applies = Callable[[Any], bool | None]
"""View -> whether the row applies; None is undecided, which is applicable and unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One row of the ruler. `function` is None where nobody has built it yet."""

    id: str
    debt: str
    source: str
    """The sources it reads, joined by "+": "PY", "PY+PKG"."""
    anchors: tuple[float, float]
    severity: int
    precision: str
    measure: str
    """What it measures, in words; a built signal takes it from its docstring's first line."""
    unit: str = ""
    kind: str = COUNT
    effort: str = MEDIUM
    lifecycle: str = STABLE
    group: str = ""
    feeds: tuple[str, ...] = ()
    remedy: str = ""
    caution: str = ""
    """False positives to expect."""
    also: str = ""
    """Further sources that it rests on, joined by "+": where their files go unread it saw less."""
    reads: type | None = None
    """The facts a per-file signal reads; None for a whole-component signal."""
    scope: str = "ml"
    """Which files a per-file signal reads: ml, product (whatever they import), run (the product and its examples)."""
    applies: Applies | None = None
    dated: bool = False
    """It says more where the history is known, without resting on it: its answer changes with the moment."""
    function: Callable[[Any], Any] | None = None
    bad: Mapping[str, str] = field(default_factory=dict)
    good: Mapping[str, str] = field(default_factory=dict)

    @property
    def weight(self) -> float:
        """s * c (catalogue 2.3); experimental rows and the mls rows weigh nothing."""
        if self.lifecycle != STABLE or self.id.startswith("mls-"):
            return 0.0
        return SEVERITY_WEIGHT[self.severity] * CONFIDENCE[self.precision]

    @property
    def own(self) -> bool:
        """An operator's own, and no row of the catalogue: see `scoring.custom`."""
        return self.id.startswith(OWN)

    @property
    def on_trial(self) -> bool:
        """Shown and not scored (catalogue 2.2)."""
        return self.lifecycle == EXPERIMENTAL

    @property
    def built(self) -> bool:
        return self.function is not None

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(self.source.split("+"))


class Debt:
    """One debt kind: its page (the module's docstring) and its rows.

    The docstring's first line is the title; then paragraphs that begin `Why:`, `What is read:`, `Remedy:` and
    `Source:`. The slug is the module's name with hyphens.
    """

    def __init__(
        self, module: str, section: str, *, ml_only: bool = True, group: str = "System", umbrella: str = ""
    ) -> None:
        self.slug = module.rsplit(".", 1)[-1].replace("_", "-")
        self.section = section
        """Of the catalogue: "4.21"."""
        self.ml_only = ml_only
        """A component without ML code has none of it (catalogue 2.5, rule 3)."""
        self.group = group
        """Data, Models, System, World or Work: its column on the portfolio."""
        self.umbrella = umbrella
        """The debt that takes these rows too, once each (catalogue 2.6); "" for most."""
        self.rows: dict[str, Signal] = {}
        self._page = (sys.modules[module].__doc__ or "").strip()

    @property
    def title(self) -> str:
        return self._page.split("\n", 1)[0].rstrip(".")

    def paragraph(self, name: str) -> str:
        """The paragraph of the page that begins with `name:`, without it, white space folded; "" if absent."""
        for block in self._page.split("\n\n")[1:]:
            text = " ".join(block.split())
            if text.startswith(name + ":"):
                return text[len(name) + 1 :].strip()
        return ""

    def row(self, id: str, measure: str, **declared: Any) -> None:
        """Declare a row of the ruler that no code reads yet: unknown, in the denominator."""
        self._add(Signal(id=id, debt=self.slug, measure=measure, **declared))

    def signal(self, id: str, **declared: Any) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
        """Declare a whole-component signal: View -> Answer."""

        def register(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
            self._add(Signal(id=id, debt=self.slug, measure=_first_line(function), function=function, **declared))
            return function

        return register

    def file_signal(
        self, id: str, reads: type, **declared: Any
    ) -> Callable[[Callable[[Any], Tally | None]], Callable[[Any], Tally | None]]:
        """Declare a per-file signal: the facts of one blob -> Tally, or None where it has nothing to examine."""

        def register(function: Callable[[Any], Tally | None]) -> Callable[[Any], Tally | None]:
            self._add(
                Signal(id=id, debt=self.slug, measure=_first_line(function), function=function, reads=reads, **declared)
            )
            return function

        return register

    def _add(self, signal: Signal) -> None:
        if signal.id in self.rows:
            raise ValueError(f"{signal.id} is declared twice in {self.slug}")
        if signal.anchors[0] == signal.anchors[1]:
            raise ValueError(f"{signal.id}: the good and the bad anchor are equal (catalogue 2.5, rule 15)")
        self.rows[signal.id] = signal


def _first_line(function: Callable[..., Any]) -> str:
    return (function.__doc__ or "").strip().split("\n", 1)[0].rstrip(".")
