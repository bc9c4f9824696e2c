"""The catalogue as the code declares it: debts with their rows, litmus questions, rubric tests, practices."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from debtboard.domain.queries.examples import Example, examples_of
from debtboard.domain.queries.wording import amount, count
from scoring.catalog.litmus import LITMUS, Question
from scoring.catalog.practices import PRACTICES, PracticeText
from scoring.catalog.rubric import SECTION_TITLES, SECTIONS, TESTS, RubricTest
from scoring.custom import YOURS
from scoring.custom.declared import OwnDebt
from scoring.debts import all_debts, all_signals, children, while_they_stand
from scoring.findings import LOADING, ON_TRIAL, SEVERITIES, Debt, Signal
from scoring.knowledge.report_cards import REPORT_CARDS, Judged

GROUPS = ("Data", "Models", "System", "World", "Work", YOURS)
SOURCES = {
    "PY": "Python code",
    "NB": "notebooks",
    "SQL": "SQL",
    "CFG": "configuration",
    "PKG": "packaging, CI and docs",
    "GIT": "git history",
    "LIN": "lineage",
    "MON": "monitoring",
    "XR": "other repositories",
    "ATT": "what people attest",
}
PRECISION = {"H": "at least 90 % right", "M": "60 to 90 % right", "L": "under 60 % right"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index."""

    slug: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One signal of a debt, as its page shows it."""

    id: str
    measure: str
    source: str
    anchors: str
    severity: str
    precision: str
    weight: str
    state: str
    caution: str


@dataclass(frozen=True, slots=True)
class Card:
    """What is to be expected of one signal's findings: examples, anchors, false positives, measured precision."""

    id: str
    measure: str
    anchors: str
    caution: str
    promised: str
    """What its precision class says."""
    measured: str
    bad: tuple[Example, ...]
    """Files in which it finds something."""
    good: tuple[Example, ...]
    """Files in which it finds nothing."""


@dataclass(frozen=True, slots=True)
class DebtPage:
    slug: str
    title: str
    why: str
    read: str
    remedy: str
    source: str
    rows: tuple[Row, ...]
    children: tuple[Entry, ...]
    cards: tuple[Card, ...]
    file: str = ""
    """The file that declares it, where it is the operator's own."""
    problem: str = ""
    """Why that file is not in."""
    beside: Entry | None = None
    """The debt of the catalogue that an own one belongs to."""
    own: tuple[Entry, ...] = ()
    """The operator's own debts that belong to it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One term of a litmus answer."""

    name: str
    measure: str
    anchors: str
    weight: str
    signals: tuple[tuple[str, str], ...]
    """(signal, slug of its debt)"""
    needs: str


def debt_title(slug: str) -> str:
    """Its plain name; the slug where this version no longer has it."""
    debt = debts_by_slug().get(slug)
    return debt.title if debt else slug


@while_they_stand
def debts_by_slug() -> Mapping[str, Debt]:
    return {debt.slug: debt for debt in all_debts()}


@while_they_stand
def signals_by_id() -> Mapping[str, Signal]:
    return {signal.id: signal for signal in all_signals()}


def trial_mark(id_: str) -> str:
    """What stands beside a finding of a signal that is on trial; "" beside all others."""
    signal = signals_by_id().get(id_)
    return ON_TRIAL if signal is not None and signal.on_trial else ""


@cache
def tests_by_slug() -> Mapping[str, RubricTest]:
    return {test.slug: test for test in TESTS}


@cache
def questions_by_slug() -> Mapping[str, Question]:
    return {question.slug: question for question in LITMUS}


@cache
def practices_by_slug() -> Mapping[str, PracticeText]:
    return {practice.slug: practice for practice in PRACTICES}


def debt_sections() -> tuple[Section, ...]:
    """The debts by the column they have on the portfolio."""
    ordered = sorted(all_debts(), key=lambda debt: GROUPS.index(debt.group))
    return tuple(
        Section(group, tuple(Entry(debt.slug, debt.title, _built(debt)) for debt in debts))
        for group, debts in groupby(ordered, key=lambda debt: debt.group)
    )


def question_entries() -> tuple[Entry, ...]:
    return tuple(Entry(q.slug, f"{q.id} {q.title}", count(len(q.components), "measure")) for q in LITMUS)


def test_sections() -> tuple[Section, ...]:
    return tuple(
        Section(SECTION_TITLES[key], tuple(Entry(t.slug, t.title, "") for t in TESTS if t.section == key))
        for key in SECTIONS
    )


def practice_entries() -> tuple[Entry, ...]:
    return tuple(
        Entry(p.slug, p.title, "attested by people" if p.attested else ", ".join(p.signals)) for p in PRACTICES
    )


def debt_page(debt: Debt) -> DebtPage:
    mine = tuple(signal for signal in all_signals() if signal.debt == debt.slug)
    return DebtPage(
        slug=debt.slug,
        title=debt.title,
        why=debt.paragraph("Why"),
        read=debt.paragraph("What is read"),
        remedy=debt.paragraph("Remedy"),
        source=debt.paragraph("Source"),
        rows=tuple(_row(signal) for signal in mine),
        children=tuple(Entry(child.slug, child.title, "") for child in children(debt.slug)),
        cards=tuple(_card(signal) for signal in mine if signal.built and not signal.id.endswith(LOADING)),
        file=debt.file if isinstance(debt, OwnDebt) else "",
        problem=debt.problem if isinstance(debt, OwnDebt) else "",
        beside=_entry_of(debt.beside) if isinstance(debt, OwnDebt) else None,
        own=tuple(
            Entry(other.slug, other.title, "")
            for other in all_debts()
            if isinstance(other, OwnDebt) and other.beside == debt.slug
        ),
    )


def _entry_of(slug: str) -> Entry | None:
    debt = debts_by_slug().get(slug)
    return Entry(slug, debt.title, "") if debt else None


def parts(question: Question) -> tuple[Part, ...]:
    return tuple(
        Part(
            name=part.name,
            measure=part.measure,
            anchors=anchors(part.anchors, part.unit),
            weight=f"{part.weight:.2f}",
            signals=tuple((id_, signals_by_id()[id_].debt) for id_ in part.signals if id_ in signals_by_id()),
            needs=part.needs,
        )
        for part in question.components
    )


def anchors(pair: tuple[float, float], unit: str, *, short: bool = False) -> str:
    """The measure that is good, then the one that is bad: "0 to 4 comparisons"; `short` leaves the unit out."""
    good, bad = amount(pair[0], unit), amount(pair[1], unit)
    number, _, words = bad.partition(" ")
    if words.startswith("% "):
        number, words = f"{number} %", words[2:]
    first = good.removesuffix(f" {words}") if words else good
    return f"{first.removesuffix(' %')} to {number if short or not words else f'{number} {words}'}"


def sources(codes: str) -> str:
    """The sources of a row in words: "git history and lineage"."""
    names = [SOURCES.get(code, code) for code in codes.split("+")]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 2 else names)


def _row(signal: Signal) -> Row:
    state = "read" if signal.built else "not read yet: unseen"
    return Row(
        id=signal.id,
        measure=signal.measure,
        source=sources(signal.source),
        anchors=anchors(signal.anchors, signal.unit),
        severity=SEVERITIES[signal.severity - 1],
        precision=PRECISION[signal.precision],
        weight=f"{signal.weight:.3f}",
        state=f"{state}; {ON_TRIAL}" if signal.on_trial else state,
        caution=signal.caution,
    )


def _card(signal: Signal) -> Card:
    return Card(
        id=signal.id,
        measure=signal.measure,
        anchors=anchors(signal.anchors, signal.unit),
        caution=signal.caution.rstrip("."),
        promised=PRECISION[signal.precision],
        measured=measured(REPORT_CARDS.get(signal.id)),
        bad=examples_of(signal.bad),
        good=examples_of(signal.good),
    )


def measured(judged: Judged | None) -> str:
    """How many of the findings that people looked up were right, in words."""
    if judged is None:
        return "nobody has judged its findings yet"
    said = []
    if judged.judged:
        verb = "was" if judged.judged == 1 else "were"
        said.append(f"{judged.right} of {count(judged.judged, 'finding')} looked up by hand {verb} right")
    if judged.sample:
        said.append(f"of those drawn at random {judged.sample_right} of {judged.sample}")
    if judged.mended:
        said.append(f"{count(judged.mended, 'wrong one')} mended since and made no more")
    return "; ".join(said)


def _built(debt: Debt) -> str:
    if isinstance(debt, OwnDebt):
        said = f"{debt.problem}: nothing of it is measured" if debt.problem else ", ".join(debt.rows)
        return f"{debt.file} {said}" if debt.problem else f"{debt.file}: {said}"
    rows = debt.rows.values()
    read = sum(row.built for row in rows)
    return f"{read} of {count(len(rows), 'signal')} read" if rows else "takes the signals of its parts"
