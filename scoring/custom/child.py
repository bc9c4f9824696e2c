"""The child that runs an operator's own signals: the one place of the engine where a file that is no part of it is run.

It holds the component that it was sent, and nothing else: no store, no repository, no environment. It runs no file
itself: a fork of it does, a new one for each file and each component, under the same limits. So what a file changes,
in the engine as in Python, reaches no other file, and no other week; what it remembers, it remembers of one component.
Whatever a file does is answered as a Failure, or ends the fork.
"""

import importlib.abc
import importlib.util
import sys
import traceback
import types

import msgspec

from scoring.analyses.placing import placed_at
from scoring.analyses.view import View
from scoring.custom import CustomDebt
from scoring.custom.records import (
    NO_PROCESS,
    Ask,
    Entry,
    Failure,
    Give,
    Load,
    Message,
    Page,
    Reply,
    Row,
    Said,
    Take,
    Taken,
    encode,
    to_message,
)
from scoring.facts import Component, FileEntry, FileFacts, PythonFacts
from scoring.findings import Answer, Measure, NotApplicable, Signal, Tally, Unknown
from scoring.measuring import NOTHING_SPOKEN_OF, UNDECIDED, TallyCache, value_of
from scoring.sandbox import decode
from scoring.sandbox.messages import Fork, Gone, answer_messages
from scoring.sandbox.pipe import Limits
from scoring.tallying import population

PACKAGE = "custom_signals"
DEPTH = 2_000
SPENT = "needs more memory than it may have"


def serve(cpu_seconds: float, seconds: float) -> None:
    """Answer messages until the input ends; a fork may take that long for each of its own."""
    sys.setrecursionlimit(DEPTH)
    keeper = Keeper(Limits(cpu_seconds=cpu_seconds, seconds=seconds))
    answer_messages(keeper.reply)


class _FromBytes(importlib.abc.InspectLoader):
    """Imports a module from the bytes that were sent: those whose digest is told, whatever lies on the disk by now."""

    def __init__(self, source: bytes, path: str) -> None:
        self._source = source
        self._path = path

    def get_source(self, fullname: str) -> str:
        return importlib.util.decode_source(self._source)

    def get_code(self, fullname: str) -> types.CodeType:
        return self.source_to_code(self._source, self._path)


class Keeper:
    """What the child holds between messages: the component, and the fork that runs a file on it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._fork: Fork | None = None
        self._entries: dict[int, FileEntry] = {}
        self._order: tuple[int, ...] = ()
        self._files: tuple[FileEntry, ...] = ()
        self._tallies = TallyCache()
        self._view: View | None = None

    def reply(self, message: bytes) -> bytes:
        """Never raises: what goes wrong is a Failure."""
        try:
            return self._reply(message, to_message(message))
        except Gone as gone:
            self._end()
            said = Failure(str(gone), ended=True)
        except MemoryError:
            said = Failure(SPENT, ended=True)
        except BaseException as error:
            said = Failure(_raised(error))
        return encode(said)

    def _reply(self, message: bytes, asked: Message) -> bytes:
        if isinstance(asked, Give):
            self._entries.update((number, _entry(entry)) for number, entry in asked.fresh.items())
            return encode(Taken())
        if isinstance(asked, Take):
            return encode(self._take(asked))
        if isinstance(asked, Load) and not self._begin():
            return encode(Failure(NO_PROCESS, ended=True))
        return self._fork.send(message) if self._fork else encode(Failure("is not loaded"))

    def _begin(self) -> bool:
        self._end()
        try:
            self._fork = Fork(Runner(self._view).reply, self._limits)
        except (OSError, RuntimeError):
            return False
        return True

    def _end(self) -> None:
        fork, self._fork = self._fork, None
        if fork is not None:
            fork.close()

    def _take(self, asked: Take) -> Reply:
        self._end()
        if asked.order != self._order:
            self._entries = {number: self._entries[number] for number in asked.order}
            self._order, self._files = asked.order, tuple(self._entries.values())
        component = Component(
            path=asked.path,
            profile=asked.profile,
            as_of=asked.as_of,
            commit=asked.commit,
            committed_at=asked.committed_at,
            files=self._files,
            excluded=asked.excluded,
            history=asked.history,
            complete=asked.complete,
            declaration=asked.declaration,
            flags=asked.flags,
        )
        self._view = _begun(self._tallies.view_of(component))
        return Taken()


def _begun(view: View) -> View:
    """With what most signals read worked out, so that no fork has to."""
    view.product_once, view.ml_once, view.kloc, view.ml_kloc  # noqa: B018 -- derived once they are read
    return view


class Runner:
    """What a fork does: it loads one file, and asks its signals about one component."""

    def __init__(self, view: View | None) -> None:
        self._view = view
        self._signals: dict[str, Signal] = {}

    def reply(self, message: bytes) -> bytes:
        """Never raises: what goes wrong is a Failure."""
        try:
            asked = to_message(message)
            if isinstance(asked, Load):
                return encode(self._load(asked))
            assert isinstance(asked, Ask)
            return encode(self._ask(asked))
        except MemoryError:
            said = Failure(SPENT, ended=True)
        except RecursionError:
            said = Failure("nests its calls too deep")
        except BaseException as error:
            said = Failure(_raised(error))
        return encode(said)

    # ------------------------------------------------------------ the file

    def _load(self, asked: Load) -> Reply:
        name = f"{PACKAGE}.{asked.name}"
        spec = importlib.util.spec_from_loader(name, _FromBytes(asked.source, f"{PACKAGE}/{asked.name}.py"))
        if spec is None or spec.loader is None:
            return Failure("is no module")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        debt = getattr(module, "debt", None)
        if not isinstance(debt, CustomDebt):
            return Failure("declares no `debt = CustomDebt(__name__)`")
        if not debt.rows:
            return Failure("declares a debt without a signal")
        self._signals = debt.rows
        return Page(
            slug=debt.slug,
            text=module.__doc__ or "",
            ml_only=debt.ml_only,
            beside=debt.beside,
            rows=tuple(_row(signal) for signal in debt.rows.values()),
        )

    # ------------------------------------------------------------ an answer

    def _ask(self, asked: Ask) -> Reply:
        signal, view = self._signals[asked.signal], self._view
        assert view is not None
        before = msgspec.msgpack.encode(view.component) if asked.watch else b""
        answer = self._answer(signal, view)
        if asked.watch and msgspec.msgpack.encode(view.component) != before:
            return Failure("changes the facts that it reads")
        if isinstance(answer, Measure):
            return Said(measure=answer)
        if isinstance(answer, NotApplicable):
            return Said(not_applicable=answer)
        if isinstance(answer, Unknown):
            return Said(unknown=answer)
        return Failure(f"returns {_named(answer)}, and no Measure, NotApplicable or Unknown")

    def _answer(self, signal: Signal, view: View) -> Answer:
        applies = True if signal.applies is None else signal.applies(view)
        if applies is None:
            return Unknown(UNDECIDED)
        if not applies:
            return NotApplicable(NOTHING_SPOKEN_OF)
        assert signal.function is not None
        if signal.reads is not None:
            return self._summed(signal, view)
        answer: Answer = signal.function(view)
        return answer

    def _summed(self, signal: Signal, view: View) -> Answer:
        """A per-file signal over the files that it reads."""
        assert signal.function is not None
        said: list[tuple[FileEntry, FileFacts, Tally]] = []
        for entry, facts in population(signal, view):
            tally = signal.function(facts)
            if isinstance(tally, Tally):
                said.append((entry, facts, tally))
            elif tally is not None:
                raise WrongReturn(f"returns {_named(tally)} of a file, and no Tally or None")
        examined = sum(tally.examined for *_, tally in said)
        if examined <= 0:
            return NotApplicable("nothing of the kind in the files read")
        hits = tuple(
            placed_at(hit, entry.path, facts.notebook if isinstance(facts, PythonFacts) else None)
            for entry, facts, tally in said
            for hit in tally.hits
        )
        return Measure(value_of(signal, sum(tally.count for *_, tally in said), examined, view), examined, hits)


class WrongReturn(Exception):
    """A signal returned what is no answer; says so in words that follow "it"."""


def _entry(entry: Entry) -> FileEntry:
    return FileEntry(
        path=entry.path,
        blob=entry.blob,
        size=entry.size,
        language=entry.language,
        roles=entry.roles,
        facts=tuple(decode(stored) for stored in entry.facts),
        skipped=entry.skipped,
    )


def _row(signal: Signal) -> Row:
    good, bad = signal.anchors
    return Row(
        id=signal.id,
        source=signal.source,
        anchors=(float(good), float(bad)),
        severity=signal.severity,
        precision=signal.precision,
        measure=signal.measure,
        unit=signal.unit,
        kind=signal.kind,
        effort=signal.effort,
        lifecycle=signal.lifecycle,
        group=signal.group,
        remedy=signal.remedy,
        caution=signal.caution,
        also=signal.also,
        dated=bool(signal.dated),
        per_file=signal.reads is not None,
        bad=dict(signal.bad),
        good=dict(signal.good),
    )


def _named(value: object) -> str:
    name = type(value).__name__
    return "None" if value is None else f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"


def _raised(error: BaseException) -> str:
    """What was raised, and at which line of the file."""
    if isinstance(error, WrongReturn):
        return str(error)
    if isinstance(error, SyntaxError) and error.filename and error.filename.startswith(PACKAGE):
        return f"does not parse: {error.msg} (line {error.lineno})"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename.startswith(PACKAGE)]
    text = " ".join(str(error).split())[:200]
    at = f" at line {lines[-1]}" if lines and lines[-1] else ""
    return f"raises {type(error).__name__}{at}" + (f": {text}" if text else "")
