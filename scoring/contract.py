"""What every debt and signal keeps (the design's section 4), as sentences for each that is not kept.

The same rules for the catalogue's and for an operator's own: `debtboard signals check DIR` runs them over a folder,
each signal in a child with limits.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from scoring.analyses.view import View
from scoring.arguments import Parser
from scoring.custom.declared import OwnDebt, Signals, installed
from scoring.debts import all_debts
from scoring.facts import HistoryFacts
from scoring.findings import DENSITY, GIT, NB, PY, Debt, Finding, Outcome, Signal, SignalResult
from scoring.measuring import AskOwn, measure_one
from scoring.reports.words import counted
from scoring.sources.signal_files import UnusableFolder
from scoring.testing import ML_FILE, component_from

PARTS = (("Why", 25, 90), ("What is read", 5, 90), ("Remedy", 5, 90), ("Source", 4, 80))
"""Paragraphs of a page, with the fewest and the most words of each."""
MEASURE_WORDS = 3
TITLE_WORDS = (2, 12)

OTHER_CODE = {"main.go": "package main\n\nfunc main() {\n\tprintln(1)\n}\n"}
"""Code of no source that a signal reads: the component is not empty, and the source is absent."""
BROKEN = {"empty": b"", "blank": b"\n", "broken": b"\x00\xff\xfe{{[[(((\x00: :\n\t- <%"}
COPIES = 20
"""A density counts against five KLOC at least, so one example alone is not yet bad."""

HISTORIES: Mapping[str, HistoryFacts | None] = {
    "no history": None,
    "an empty history": HistoryFacts(),
    "a shallow clone": HistoryFacts(reason="shallow clone"),
}

Files = Mapping[str, str | bytes]
Answered = tuple[SignalResult, tuple[Finding, ...]]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the contract over a folder's signals. Exit 0: all is kept; 1: something is not; 2: unusable input."""
    parser = Parser(prog="debtboard signals", description="Signals of your own.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="run the contract of the catalogue's signals over those of a folder")
    check.add_argument("folder", type=Path, metavar="DIR", help="a folder of signals of your own, which is run")
    options = parser.parse_args(argv)
    try:
        with installed(options.folder) as signals:
            assert signals is not None
            return _checked(options.folder, signals)
    except UnusableFolder as refusal:
        sys.stderr.write(f"debtboard: {refusal}\n")
        return 2


def _checked(folder: Path, signals: Signals) -> int:
    debts = [debt for debt in signals.debts() if isinstance(debt, OwnDebt)]
    if not debts:
        sys.stderr.write(f"debtboard: {folder} holds no file of signals; put one there, named like acme_rules.py.\n")
        return 2
    wrong = 0
    with signals.asker(watch=True) as ask:
        for debt in debts:
            said = [f"{debt.problem}."] if debt.problem else list(faults(debt, ask))
            wrong += len(said)
            if not said:
                said = [f"{', '.join(debt.rows)}: everything is kept."]
            sys.stdout.writelines(f"{debt.file}: {sentence}\n" for sentence in said)
            sys.stdout.flush()
    return 1 if wrong else 0


def faults(debt: Debt, ask: AskOwn | None = None) -> Iterator[str]:
    """A sentence for each rule that the debt or one of its signals does not keep. `ask` asks an operator's own."""
    yield from page_faults(debt)
    for signal in debt.rows.values():
        found = [*declaration_faults(signal), *(_example_faults(signal, ask) if signal.built else ())]
        yield from (f"{signal.id}: {sentence}" for sentence in found)


# ---------------------------------------------------------------- the page


def page_faults(debt: Debt) -> Iterator[str]:
    """Title, why, what is read, remedy, source."""
    fewest, most = TITLE_WORDS
    if not fewest <= (words := len(debt.title.split())) <= most:
        yield f"the title, which is the docstring's first line, has {counted(words, 'word')}: write {fewest} to {most}."
    for name, fewest, most in PARTS:
        words = len(debt.paragraph(name).split())
        if not words:
            yield f'the docstring has no paragraph that begins "{name}:".'
        elif not fewest <= words <= most:
            yield f'the paragraph "{name}:" has {counted(words, "word")}: write {fewest} to {most}.'
    beside = debt.beside if isinstance(debt, OwnDebt) else ""
    if beside and beside not in {other.slug for other in all_debts() if not isinstance(other, OwnDebt)}:
        yield f"beside={beside!r} is no debt of the catalogue; `debtboard catalogue` lists them."


def declaration_faults(signal: Signal) -> Iterator[str]:
    """What a row says of itself."""
    if len(signal.measure.split()) < MEASURE_WORDS:
        yield "its function has no docstring that says in a few words what is measured."
    if not signal.unit:
        yield "it has no unit."
    if signal.built and not signal.sources & {GIT}:
        for name, does, files in (("bad", "finds", signal.bad), ("good", "accepts", signal.good)):
            if not files:
                yield f"{name}={{path: text}} is missing: an example of what it {does}."


# ---------------------------------------------------------------- examples


def _example_faults(signal: Signal, ask: AskOwn | None) -> Iterator[str]:
    if signal.bad:
        yield from _bad_faults(signal, ask)
    if signal.good and (wrong := _not(Outcome.CLEAR, _answer(signal, {**ML_FILE, **signal.good}, ask)[0])):
        yield f"its good example {wrong}"
    yield from _absence_faults(signal, ask)


def _bad_faults(signal: Signal, ask: AskOwn | None) -> Iterator[str]:
    files = {**ML_FILE, **(many(signal.bad) if signal.kind == DENSITY else signal.bad)}
    component = component_from(files)
    before = msgspec.json.encode(component)
    first = measure_one(signal.id, View(component), ask)
    if wrong := _not(Outcome.FOUND, first[0]):
        yield f"its bad example {wrong}"
        return
    if measure_one(signal.id, View(component), ask) != first:
        yield "the same facts give another answer the second time."
    if msgspec.json.encode(component) != before:
        yield "it changes the facts that it reads."


def many(files: Mapping[str, str]) -> dict[str, str]:
    """The example in 20 different files, where it is of Python alone."""
    copies = {f"part_{n}/{path}": f"{text}\nPART = {n}\n" for n in range(COPIES) for path, text in files.items()}
    return copies if all(path.endswith(".py") for path in files) else dict(files)


def _not(wanted: Outcome, result: SignalResult) -> str:
    """What is wrong where the outcome is another one; "" where it is this."""
    if result.outcome is wanted:
        return ""
    why = f" ({result.reason})" if result.reason else ""
    return f"is {result.outcome.value.replace('_', ' ')}{why}, and should be {wanted.value}."


# ---------------------------------------------------------------- a source that is gone never gives clear


def _absence_faults(signal: Signal, ask: AskOwn | None) -> Iterator[str]:
    around: Files = OTHER_CODE if signal.sources & {PY, NB} else {**OTHER_CODE, **ML_FILE}
    if GIT in signal.sources:
        for name, history in HISTORIES.items():
            result = measure_one(signal.id, View(component_from({**ML_FILE, **OTHER_CODE}, history=history)), ask)[0]
            if result.outcome is Outcome.CLEAR:
                yield f"with {name} it is clear, and should be unknown: what was not seen is never clear."
        return
    if (outcome := _answer(signal, {}, ask)[0].outcome) is not Outcome.NOT_APPLICABLE:
        yield f"without any file it is {outcome.value}, and should not apply."
    kinds: dict[str, Files] = {"absent": around}
    if signal.bad:
        kinds.update((name, {**around, **dict.fromkeys(signal.bad, content)}) for name, content in BROKEN.items())
    for name, files in kinds.items():
        if _answer(signal, files, ask)[0].outcome is Outcome.CLEAR:
            yield f"where its files are {name} it is clear, and should not be: what was not seen is never clear."


def _answer(signal: Signal, files: Files, ask: AskOwn | None) -> Answered:
    return measure_one(signal.id, View(component_from(files)), ask)
