"""Asking an operator's own signals: the facts go to a child with limits, an answer with checked types comes back.

The child is one for all files, and lives over the weeks of a scan; each file runs in a fork of it, a new one for each
component. So an answer depends on the file and the component, and on nothing that was asked before: what a signal does
costs that signal its own limit, as often as it is asked, and a process that ended is replaced for the next question.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import msgspec

from scoring.analyses.view import View
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
    Said,
    Take,
    encode,
    to_reply,
)
from scoring.facts import Component, FileEntry
from scoring.findings import Answer, Hit, Measure, Signal
from scoring.masking import masked
from scoring.measuring import Failed
from scoring.sandbox import encode as stored
from scoring.sandbox.messages import Gone, Messenger
from scoring.sandbox.pipe import Limits, started

SERVE = "from scoring.custom.child import serve; serve({cpu_seconds!r}, {seconds!r})"
LIMITS = Limits(memory_bytes=1024 * 1024 * 1024, cpu_seconds=10.0, seconds=20.0)
"""What one question may take: the import of a file, or one signal's answer for one component at one moment."""

GRACE_SECONDS = 5.0
"""The child itself is given up later than a fork of it, which it ends and tells of."""

PART = 1_000
"""Files handed over at once."""
MOST_HITS = 5_000
MOST_TEXT = 2_000
MOST_SYMBOL = 500
"""Characters that a stored finding keeps of a symbol."""
MOST_LINE = 2**31 - 1


class Asker:
    """One child at most, started at the first question. Use it as a context, or call `close`.

    `ended`: whether the last question ended the process that was to answer it.
    """

    def __init__(
        self,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        problems: Mapping[str, str] | None = None,
        limits: Limits = LIMITS,
        *,
        watch: bool = False,
    ) -> None:
        """`files`: signal -> (name, source) of the file that declares it; `problems`: the signal that stands for a file
        that does not load -> why. `watch`: each answer also says whether the facts were changed."""
        self._files = dict(files or {})
        self._problems = dict(problems or {})
        self._limits = limits
        self._watch = watch
        self._child: Messenger | None = None
        self._loaded: tuple[str, Failed | None] = ("", None)
        self.ended = False
        self._component: Component | None = None
        self._numbers: dict[int, tuple[int, FileEntry]] = {}
        self._next = 0

    def __enter__(self) -> "Asker":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child, if there is one."""
        child, self._child = self._child, None
        self._component, self._numbers, self._loaded = None, {}, ("", None)
        if child is not None:
            child.close()

    # ------------------------------------------------------------ files

    def load(self, name: str, source: bytes) -> Page | Failed:
        """What the file declares. It stands alone from then on, until another file or component does."""
        reply = self._exchange(Load(name, source))
        if not isinstance(reply, Page | Failed):
            reply = Failed("answers what it was not asked")
        self._loaded = (name, reply if isinstance(reply, Failed) else None)
        return reply

    # ------------------------------------------------------------ signals

    def __call__(self, signal: Signal, view: View) -> Answer | Failed:
        """The signal's answer on the view's component; never raises for what the signal does."""
        if signal.id in self._problems:
            return Failed(self._problems[signal.id])
        reply = self._asked(signal, view.component)
        if isinstance(reply, Failed):
            return reply
        answer = (reply.measure or reply.not_applicable or reply.unknown) if isinstance(reply, Said) else None
        if answer is None:
            return Failed("answers what it was not asked")
        wrong = _wrong(answer, view.paths) if isinstance(answer, Measure) else _wrong_text(answer.reason)
        return Failed(wrong) if wrong else answer

    def _asked(self, signal: Signal, component: Component) -> Reply | Failed:
        """The reply of a process that holds the signal's file and this component. A file that does not load now, though
        it did before, is not loaded again for the same component: its other signals fail as the first one."""
        if self._component is not component:
            given = self._give(component)
            if isinstance(given, Failed):
                self.close()
                if given.reason == NO_PROCESS:
                    return given
                return Failed(f"could not be given the facts: handing them over {given.reason}")
            self._component, self._loaded = component, ("", None)
        name, source = self._files[signal.id]
        if name != self._loaded[0]:
            self.load(name, source)
        if (unloadable := self._loaded[1]) is not None:
            return unloadable
        reply = self._exchange(Ask(signal.id, self._watch))
        if self.ended:
            self._loaded = ("", None)
        return reply

    def _give(self, component: Component) -> Reply | Failed:
        """Hand over what the child has not yet, in parts, so that none takes longer than the whole would alone."""
        numbers: dict[int, tuple[int, FileEntry]] = {}
        fresh: list[tuple[int, FileEntry]] = []
        for entry in component.files:
            known = self._numbers.get(id(entry))
            if known is None:
                known = (self._next, entry)
                fresh.append(known)
                self._next += 1
            numbers[id(entry)] = known
        self._numbers = numbers  # with the entries themselves, so that no id is given to another one
        for start in range(0, len(fresh), PART):
            given = self._exchange(Give({number: _sent(entry) for number, entry in fresh[start : start + PART]}))
            if isinstance(given, Failed):
                return given
        return self._exchange(
            Take(
                order=tuple(number for number, _ in numbers.values()),
                path=component.path,
                profile=component.profile,
                as_of=component.as_of,
                committed_at=component.committed_at,
                commit=component.commit,
                excluded=component.excluded,
                history=component.history,
                complete=component.complete,
                declaration=component.declaration,
                flags=component.flags,
            )
        )

    def _exchange(self, message: Message) -> Reply | Failed:
        self.ended = True
        try:
            self._child = self._child or _child(self._limits)
            reply = to_reply(self._child.send(encode(message)))
        except (Gone, RuntimeError, OSError) as error:
            self.close()
            return Failed(str(error) if isinstance(error, Gone) else NO_PROCESS)
        except (msgspec.DecodeError, UnicodeError) as error:
            self.ended = False
            return Failed(f"answers with wrong types: {_said(str(error))}")
        self.ended = isinstance(reply, Failure) and reply.ended
        return Failed(_said(reply.reason)) if isinstance(reply, Failure) else reply


def _child(limits: Limits) -> Messenger:
    serve = SERVE.format(cpu_seconds=limits.cpu_seconds, seconds=limits.seconds)
    return Messenger(started(serve, limits), replace(limits, seconds=limits.seconds + GRACE_SECONDS))


def _sent(entry: FileEntry) -> Entry:
    return Entry(
        path=entry.path,
        blob=entry.blob,
        size=entry.size,
        language=entry.language,
        roles=entry.roles,
        facts=tuple(stored(facts) for facts in entry.facts),
        skipped=entry.skipped,
    )


def _said(text: str) -> str:
    """A reason in one line of printable text, without what looks like a secret."""
    line = "".join(character if character.isprintable() else " " for character in text)
    return masked(" ".join(line.split()))[:300]


# ---------------------------------------------------------------- rubbish


def _wrong(answer: Measure, paths: frozenset[str]) -> str:
    """Why the measure is none, in words that follow "it"; "" where it is one."""
    if not math.isfinite(answer.value):
        return f"measures {answer.value}, which is no number"
    if not 0 <= answer.severity <= 4:
        return f"gives its answer the severity {answer.severity}, and not 1 to 4, or 0 for the signal's"
    if len(answer.hits) > MOST_HITS:
        return f"finds {len(answer.hits)} places, more than {MOST_HITS}"
    return _wrong_text(answer.note) or next((wrong for hit in answer.hits if (wrong := _wrong_hit(hit, paths))), "")


def _wrong_hit(hit: Hit, paths: frozenset[str]) -> str:
    if hit.path not in paths:
        return f"finds something in {_said(hit.path)[:100] or 'no file'}, which is no path of the component"
    if not 0 <= hit.line <= MOST_LINE or not 0 <= hit.end_line <= MOST_LINE:
        return f"finds something at line {hit.line} of {_said(hit.path)[:100]}"
    if not 0 <= hit.severity <= 4:
        return f"gives a finding the severity {hit.severity}, and not 1 to 4, or 0 for the signal's"
    if not hit.message.strip():
        return "gives a finding without a message"
    if len(hit.symbol) > MOST_SYMBOL:
        return f"names a symbol of {len(hit.symbol)} characters, more than {MOST_SYMBOL}"
    if any(isinstance(value, float) and not math.isfinite(value) for value in hit.evidence.values()):
        return "gives evidence that is no number"
    return _wrong_texts([hit.message, hit.key, hit.symbol, hit.remedy, *_texts(hit.evidence)])


def _texts(evidence: Mapping[str, object]) -> list[str]:
    return [text for pair in evidence.items() for text in pair if isinstance(text, str)]


def _wrong_texts(texts: Sequence[str] | Iterable[str]) -> str:
    return next((wrong for text in texts if (wrong := _wrong_text(text))), "")


def _wrong_text(text: str) -> str:
    if len(text) > MOST_TEXT:
        return f"gives a text of {len(text)} characters, more than {MOST_TEXT}"
    return "gives a text with a NUL in it" if "\0" in text else ""
